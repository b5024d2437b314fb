package io.adversight.graph;

import java.util.List;

/**
 * What an axis of a value means.
 *
 * @param before elements in front that belong to no place, such as a class token
 * @param extents what the others are, row-major; none for an axis of one element
 * @param after elements behind that belong to no place
 */
record TrackedAxis(long before, List<Extent> extents, long after) {
  TrackedAxis {
    extents = List.copyOf(extents);
  }

  static TrackedAxis of(List<Extent> extents) {
    return new TrackedAxis(0, extents.stream().filter(each -> each.size() > 1).toList(), 0);
  }

  /** An axis of channels that are new. */
  static TrackedAxis channels(long size) {
    return of(List.of(Extent.whole(Extent.Of.CHANNEL, size)));
  }

  /** The elements that belong to places. */
  long inside() {
    return extents.stream().mapToLong(Extent::size).reduce(1, (a, b) -> a * b);
  }

  boolean hasPlaces() {
    return extents.stream().anyMatch(Extent::isPlace);
  }

  boolean isOnlyChannels() {
    return extents.stream().allMatch(each -> each.of() == Extent.Of.CHANNEL);
  }

  /** Whether this is one whole dimension of that kind. */
  boolean isWhole(Extent.Of of) {
    return before == 0
        && after == 0
        && (extents.isEmpty()
            || (extents.size() == 1
                && extents.get(0).of() == of
                && extents.get(0).size() == extents.get(0).total()));
  }

  /** This axis with more (or fewer) elements around. */
  TrackedAxis around(long more, long behind) {
    return new TrackedAxis(before + more, extents, after + behind);
  }
}
