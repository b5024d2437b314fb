package io.adversight.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some places along a dimension of the image: {@code size} of them, {@code stride} apart. A
 * dimension that was cut (windows, heads) consists of several extents, outermost first.
 *
 * @param total the places of the whole dimension
 */
record Extent(Of of, long size, long stride, long total) {
  /** The dimensions of a batch of maps. */
  enum Of {
    IMAGE,
    CHANNEL,
    ROW,
    COLUMN
  }

  /** A whole dimension. */
  static Extent whole(Of of, long size) {
    return new Extent(of, size, 1, size);
  }

  /** Whether this is one of rows or columns. */
  boolean isPlace() {
    return of == Of.ROW || of == Of.COLUMN;
  }

  /** This extent as one of {@code outer} places around one of the others. */
  private List<Extent> split(long outer) {
    long inner = size / outer;
    return List.of(
        new Extent(of, outer, stride * inner, total), new Extent(of, inner, stride, total));
  }

  private boolean continues(Extent before) {
    return before.of == of && before.total == total && before.stride == stride * size;
  }

  /** Neighbours that belong together as one. */
  static List<Extent> joined(List<Extent> extents) {
    List<Extent> joined = new ArrayList<>();
    for (Extent extent : extents) {
      Extent last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && extent.continues(last)) {
        joined.set(
            joined.size() - 1,
            new Extent(extent.of, last.size * extent.size, extent.stride, extent.total));
      } else {
        joined.add(extent);
      }
    }
    return List.copyOf(joined);
  }

  /** Row-major extents divided among axes of given sizes; empty where the borders do not fit. */
  static Optional<List<List<Extent>>> divided(List<Extent> extents, List<Long> sizes) {
    List<Extent> rest = new ArrayList<>(extents);
    List<List<Extent>> axes = new ArrayList<>();
    for (long size : sizes) {
      List<Extent> axis = new ArrayList<>();
      long open = size;
      while (open > 1) {
        if (rest.isEmpty()) {
          return Optional.empty();
        }
        Extent first = rest.remove(0);
        if (open % first.size == 0) {
          axis.add(first);
          open /= first.size;
        } else if (first.size % open == 0) {
          List<Extent> parts = first.split(open);
          axis.add(parts.get(0));
          rest.add(0, parts.get(1));
          open = 1;
        } else {
          return Optional.empty();
        }
      }
      axes.add(joined(axis));
    }
    return rest.isEmpty() ? Optional.of(axes) : Optional.empty();
  }
}
