package io.adversight.graph;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Reduction;
import io.adversight.graph.operator.Resampling;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Follows the rows and columns of the image through a graph, from the input over convolutions to
 * tokens, windows and heads. What cannot be followed is left out.
 */
final class PositionTracker {
  /** More than one image, so that sizes of 1 are none of the batch. */
  private static final long IMAGES = 3;

  private final Graph graph;
  private final Map<String, Shape> shapes;
  private final Map<String, List<TrackedAxis>> known = new HashMap<>();
  private final Set<String> lost = new HashSet<>();

  private PositionTracker(Graph graph, Shape batch) {
    this.graph = graph;
    this.shapes = new HashMap<>(graph.shapes(batch));
    graph.constants().forEach((name, constant) -> shapes.put(name, constant.shape()));
  }

  /**
   * The meaning of the axes of each value that can be followed; none for values in which places
   * were moved or mixed, such as shifted windows. Others are not there.
   *
   * @param image shape (1, ...) of one image
   */
  static Map<String, List<TrackedAxis>> of(Graph graph, Shape image) {
    if (image.rank() != 4) {
      return Map.of();
    }
    Shape batch = graph.runsImageByImage() ? image : image.with(0, IMAGES);
    PositionTracker tracker = new PositionTracker(graph, batch);
    tracker.known.put(graph.input(), isChannelsLast(image) ? channelsLast(batch) : plain(batch));
    for (Node node : graph.nodes()) {
      Shape shape = tracker.shapes.getOrDefault(node.name(), batch);
      tracker
          .follow(node, node.operator().ofOneImage(), shape)
          .filter(axes -> axes.size() == shape.rank())
          .ifPresentOrElse(axes -> tracker.known.put(node.name(), axes), () -> tracker.lose(node));
    }
    Map<String, List<TrackedAxis>> all = new HashMap<>(tracker.known);
    tracker.lost.forEach(name -> all.put(name, List.of()));
    return all;
  }

  /** Notes that the places of a node are not those of maps (N, C, H, W), whatever its shape. */
  private void lose(Node node) {
    boolean moved =
        node.inputs().stream()
            .anyMatch(
                name ->
                    lost.contains(name)
                        || (known.containsKey(name)
                            && !isAsUsual(known.getOrDefault(name, List.of()))));
    if (moved) {
      lost.add(node.name());
    }
  }

  /**
   * Whether a value of four axes is (N, C, H, W), perhaps pooled to one place; others may be any.
   */
  private static boolean isAsUsual(List<TrackedAxis> axes) {
    return axes.size() != 4
        || MapLayout.of(axes)
            .map(MapLayout::isPlain)
            .orElse(axes.get(2).extents().isEmpty() && axes.get(3).extents().isEmpty());
  }

  /** Whether an image (1, ...) of four axes has its one or three channels last. */
  static boolean isChannelsLast(Shape image) {
    return isChannels(image.size(3)) && !isChannels(image.size(1));
  }

  private static boolean isChannels(long size) {
    return size == 1 || size == 3;
  }

  private static TrackedAxis whole(Extent.Of of, long size) {
    return TrackedAxis.of(List.of(Extent.whole(of, size)));
  }

  private static List<TrackedAxis> plain(Shape shape) {
    return List.of(
        whole(Extent.Of.IMAGE, shape.size(0)),
        TrackedAxis.channels(shape.size(1)),
        whole(Extent.Of.ROW, shape.size(2)),
        whole(Extent.Of.COLUMN, shape.size(3)));
  }

  private static List<TrackedAxis> channelsLast(Shape shape) {
    return List.of(
        whole(Extent.Of.IMAGE, shape.size(0)),
        whole(Extent.Of.ROW, shape.size(1)),
        whole(Extent.Of.COLUMN, shape.size(2)),
        TrackedAxis.channels(shape.size(3)));
  }

  private Optional<List<TrackedAxis>> follow(Node node, Operator operator, Shape shape) {
    Optional<List<TrackedAxis>> first = axes(node, 0);
    if (operator instanceof Arithmetic) {
      return sameShape(node, shape);
    }
    if (operator instanceof Linear.MatMul) {
      return product(node, shape);
    }
    if (operator instanceof Layout.Concat concat) {
      return concatenated(node, concat, shape);
    }
    if (first.isEmpty()) {
      return Optional.empty();
    }
    List<TrackedAxis> axes = first.get();
    if (operator instanceof Activation || operator instanceof Normalization) {
      return first;
    }
    if (operator instanceof Linear.Gemm gemm) {
      return gemm.transA()
          ? Optional.empty()
          : Optional.of(List.of(axes.get(0), TrackedAxis.channels(shape.size(1))));
    }
    if (operator instanceof Linear
        || operator instanceof Pooling
        || operator instanceof Resampling) {
      boolean maps = MapLayout.of(axes).filter(MapLayout::isPlain).isPresent();
      return maps && shape.rank() == 4 ? Optional.of(plain(shape)) : Optional.empty();
    }
    if (operator instanceof Reduction reduction) {
      return Optional.of(reduced(reduction, axes));
    }
    return operator instanceof Layout layout
        ? moved(layout, axes, shapes.getOrDefault(node.inputs().get(0), shape), shape)
        : Optional.empty();
  }

  private Optional<List<TrackedAxis>> axes(Node node, int input) {
    return Optional.ofNullable(known.get(node.inputs().get(input)));
  }

  /** The first input of the result's shape, rather one with maps. */
  private Optional<List<TrackedAxis>> sameShape(Node node, Shape shape) {
    List<List<TrackedAxis>> same =
        node.inputs().stream()
            .filter(
                name -> known.containsKey(name) && shapes.getOrDefault(name, shape).equals(shape))
            .map(name -> known.getOrDefault(name, List.of()))
            .toList();
    return same.stream()
        .filter(axes -> MapLayout.of(axes).isPresent())
        .findFirst()
        .or(() -> same.stream().findFirst());
  }

  private Optional<List<TrackedAxis>> product(Node node, Shape shape) {
    Optional<List<TrackedAxis>> left = axes(node, 0);
    Optional<List<TrackedAxis>> right = axes(node, 1);
    int rank = shape.rank();
    if (left.isEmpty()) {
      // A constant from the left mixes the second last axis.
      return right
          .filter(
              axes -> axes.size() == rank && graph.constants().containsKey(node.inputs().get(0)))
          .map(axes -> replaced(axes, rank - 2, TrackedAxis.channels(shape.size(-2))));
    }
    if (left.get().size() != rank) {
      return Optional.empty();
    }
    TrackedAxis columns =
        right
            .filter(axes -> axes.size() == rank)
            .map(axes -> axes.get(rank - 1))
            .orElse(TrackedAxis.channels(shape.size(-1)));
    return Optional.of(replaced(left.get(), rank - 1, columns));
  }

  private static List<TrackedAxis> replaced(List<TrackedAxis> axes, int at, TrackedAxis axis) {
    List<TrackedAxis> changed = new ArrayList<>(axes);
    changed.set(at, axis);
    return changed;
  }

  /** Tokens joined to others that belong to no place; channels joined to channels. */
  private Optional<List<TrackedAxis>> concatenated(Node node, Layout.Concat concat, Shape shape) {
    int at = concat.axis() < 0 ? concat.axis() + shape.rank() : concat.axis();
    Optional<List<TrackedAxis>> main = Optional.empty();
    long before = 0;
    long after = 0;
    for (int i = 0; i < node.inputs().size(); i++) {
      Optional<List<TrackedAxis>> own =
          axes(node, i).filter(axes -> MapLayout.of(axes).isPresent());
      Shape size = shapes.getOrDefault(node.inputs().get(i), Shape.of());
      if (own.isPresent() && main.isEmpty()) {
        main = own;
      } else if (own.isPresent() && own.get().get(at).hasPlaces()) {
        return Optional.empty();
      } else if (main.isEmpty()) {
        before += size.size(at);
      } else {
        after += size.size(at);
      }
    }
    if (main.isEmpty()) {
      return Optional.empty();
    }
    TrackedAxis axis = main.get().get(at);
    TrackedAxis longer =
        axis.hasPlaces() ? axis.around(before, after) : TrackedAxis.channels(shape.size(at));
    return axis.hasPlaces() || axis.isOnlyChannels()
        ? Optional.of(replaced(main.get(), at, longer))
        : Optional.empty();
  }

  private static List<TrackedAxis> reduced(Reduction reduction, List<TrackedAxis> axes) {
    List<TrackedAxis> left = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      int axis = i;
      boolean gone =
          reduction.axes().isEmpty()
              || reduction.axes().stream()
                  .anyMatch(each -> (each < 0 ? each + axes.size() : each) == axis);
      if (!gone) {
        left.add(axes.get(i));
      } else if (reduction.keepDimensions()) {
        left.add(TrackedAxis.of(List.of()));
      }
    }
    return left;
  }

  private static Optional<List<TrackedAxis>> moved(
      Layout layout, List<TrackedAxis> axes, Shape from, Shape to) {
    if (layout instanceof Layout.Transpose transpose) {
      int rank = axes.size();
      return Optional.of(
          IntStream.range(0, rank)
              .mapToObj(
                  i ->
                      axes.get(
                          transpose.order().isEmpty()
                              ? rank - 1 - i
                              : transpose.order().get(i).intValue()))
              .toList());
    }
    if (layout instanceof Layout.Slice slice) {
      return sliced(slice, axes, from, to);
    }
    if (layout instanceof Layout.Gather gather) {
      return gathered(gather, axes, to);
    }
    if (layout instanceof Layout.Pad pad) {
      return padded(pad, axes, to);
    }
    boolean reshapes =
        layout instanceof Layout.Reshape
            || layout instanceof Layout.Flatten
            || layout instanceof Layout.Squeeze
            || layout instanceof Layout.Unsqueeze;
    return reshapes ? reshaped(axes, from, to) : Optional.<List<TrackedAxis>>empty();
  }

  private static Optional<List<TrackedAxis>> reshaped(
      List<TrackedAxis> axes, Shape from, Shape to) {
    List<TrackedAxis> made = new ArrayList<>();
    int in = 0;
    int out = 0;
    while (in < from.rank() || out < to.rank()) {
      if (in < from.rank() && from.size(in) == 1) {
        in++;
        continue;
      }
      if (out < to.rank() && to.size(out) == 1) {
        made.add(TrackedAxis.of(List.of()));
        out++;
        continue;
      }
      if (in == from.rank() || out == to.rank()) {
        return Optional.empty();
      }
      int firstIn = in;
      int firstOut = out;
      long left = from.size(in++);
      long right = to.size(out++);
      while (left != right) {
        if (left < right && in < from.rank()) {
          left *= from.size(in++);
        } else if (right < left && out < to.rank()) {
          right *= to.size(out++);
        } else {
          return Optional.empty();
        }
      }
      List<TrackedAxis> group = axes.subList(firstIn, in);
      if (group.size() == 1 && out - firstOut == 1) {
        made.add(group.get(0));
        continue;
      }
      List<Long> sizes = IntStream.range(firstOut, out).mapToObj(to::size).toList();
      List<Extent> extents = group.stream().flatMap(axis -> axis.extents().stream()).toList();
      boolean whole = group.stream().allMatch(axis -> axis.before() + axis.after() == 0);
      Optional<List<List<Extent>>> divided =
          whole ? Extent.divided(extents, sizes) : Optional.empty();
      if (divided.isEmpty()) {
        return Optional.empty();
      }
      divided.get().forEach(each -> made.add(TrackedAxis.of(each)));
    }
    return Optional.of(made);
  }

  private static Optional<List<TrackedAxis>> sliced(
      Layout.Slice slice, List<TrackedAxis> axes, Shape from, Shape to) {
    List<TrackedAxis> left = new ArrayList<>(axes);
    for (int i = 0; i < slice.axes().size(); i++) {
      int at = slice.axes().get(i) < 0 ? slice.axes().get(i) + axes.size() : slice.axes().get(i);
      TrackedAxis axis = axes.get(at);
      long size = from.size(at);
      long kept = to.size(at);
      if (kept == size && slice.steps().get(i) == 1) {
        continue;
      }
      long start = slice.starts().get(i) < 0 ? slice.starts().get(i) + size : slice.starts().get(i);
      if (axis.isOnlyChannels() && axis.before() + axis.after() == 0) {
        left.set(at, TrackedAxis.channels(kept));
      } else if (slice.steps().get(i) == 1
          && start <= axis.before()
          && size - start - kept <= axis.after()) {
        left.set(at, axis.around(-start, -(size - start - kept)));
      } else if (slice.steps().get(i) > 1 && axis.isWhole(Extent.Of.ROW)) {
        left.set(at, whole(Extent.Of.ROW, kept));
      } else if (slice.steps().get(i) > 1 && axis.isWhole(Extent.Of.COLUMN)) {
        left.set(at, whole(Extent.Of.COLUMN, kept));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(left);
  }

  private static Optional<List<TrackedAxis>> gathered(
      Layout.Gather gather, List<TrackedAxis> axes, Shape to) {
    int at = gather.axis() < 0 ? gather.axis() + axes.size() : gather.axis();
    List<TrackedAxis> left = new ArrayList<>(axes);
    if (gather.shape().isEmpty()) {
      left.remove(at);
      return Optional.of(left);
    }
    if (gather.shape().size() == 1 && axes.get(at).isOnlyChannels()) {
      left.set(at, TrackedAxis.channels(to.size(at)));
      return Optional.of(left);
    }
    return Optional.empty();
  }

  /** Maps that grow are maps of other rows and columns; tokens that are added have no place. */
  private static Optional<List<TrackedAxis>> padded(
      Layout.Pad pad, List<TrackedAxis> axes, Shape to) {
    int rank = axes.size();
    List<TrackedAxis> longer = new ArrayList<>(axes);
    for (int i = 0; i < rank; i++) {
      long before = pad.pads().get(i);
      long after = pad.pads().get(i + rank);
      TrackedAxis axis = axes.get(i);
      if (before == 0 && after == 0) {
        continue;
      }
      if (axis.isOnlyChannels()) {
        longer.set(i, TrackedAxis.channels(to.size(i)));
      } else if (axis.isWhole(Extent.Of.ROW)) {
        longer.set(i, whole(Extent.Of.ROW, to.size(i)));
      } else if (axis.isWhole(Extent.Of.COLUMN)) {
        longer.set(i, whole(Extent.Of.COLUMN, to.size(i)));
      } else if (before >= 0 && after >= 0 && axis.hasPlaces()) {
        longer.set(i, axis.around(before, after));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(longer);
  }
}
