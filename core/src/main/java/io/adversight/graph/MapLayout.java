package io.adversight.graph;

import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How the maps of the image lie in a layer: as (N, C, H, W), as tokens (N, T, C) behind a class
 * token, with channels last, or cut into windows. Elements of no place are left out.
 */
public final class MapLayout {
  /** That of a layer without places. */
  public static final MapLayout NONE = new MapLayout(List.of(), 0, 0);

  private final List<TrackedAxis> axes;
  private final long rows;
  private final long columns;

  private MapLayout(List<TrackedAxis> axes, long rows, long columns) {
    this.axes = List.copyOf(axes);
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * The layout of a value of three or more axes in which every row and column is once; empty for
   * any other.
   */
  static Optional<MapLayout> of(List<TrackedAxis> axes) {
    if (axes.size() < 3) {
      return Optional.empty();
    }
    List<Extent> all = axes.stream().flatMap(axis -> axis.extents().stream()).toList();
    long rows = whole(all, Extent.Of.ROW);
    long columns = whole(all, Extent.Of.COLUMN);
    return rows * columns > 1 ? Optional.of(new MapLayout(axes, rows, columns)) : Optional.empty();
  }

  /** Tokens (N, T, C) of which the last rows x columns are the places. */
  public static MapLayout ofTokens(long rows, long columns, long tokens, long channels) {
    TrackedAxis places =
        TrackedAxis.of(
                List.of(Extent.whole(Extent.Of.ROW, rows), Extent.whole(Extent.Of.COLUMN, columns)))
            .around(tokens - rows * columns, 0);
    TrackedAxis images = TrackedAxis.of(List.of(Extent.whole(Extent.Of.IMAGE, 2)));
    return new MapLayout(List.of(images, places, TrackedAxis.channels(channels)), rows, columns);
  }

  /** The number of places of a dimension, each there once; 0 if that is not so. */
  private static long whole(List<Extent> all, Extent.Of of) {
    List<Extent> own =
        all.stream()
            .filter(each -> each.of() == of)
            .sorted(Comparator.comparingLong(Extent::stride))
            .toList();
    long covered = 1;
    for (Extent each : own) {
      if (each.stride() != covered) {
        return 0;
      }
      covered *= each.size();
    }
    return own.isEmpty() || covered == own.get(0).total() ? covered : 0;
  }

  /** Rows of the maps. */
  public long rows() {
    return rows;
  }

  /** Columns of the maps. */
  public long columns() {
    return columns;
  }

  /** Elements in front of the places that belong to none: class and register tokens. */
  public long extraTokens() {
    return axes.stream().mapToLong(TrackedAxis::before).sum();
  }

  /** The shape of the maps of one image, (1, C, H, W). */
  public Shape shape() {
    return Shape.of(1, channels(), rows, columns);
  }

  /** Whether the value is (N, C, H, W) already. */
  public boolean isPlain() {
    return axes.size() == 4
        && axes.get(0).isWhole(Extent.Of.IMAGE)
        && axes.get(1).isOnlyChannels()
        && axes.get(1).before() + axes.get(1).after() == 0
        && axes.get(2).isWhole(Extent.Of.ROW)
        && axes.get(3).isWhole(Extent.Of.COLUMN);
  }

  /** The value, or its gradient, as maps (N, C, H, W). */
  public Tensor maps(Tensor value) {
    Tensor maps = value;
    for (Operator operator : operators()) {
      maps = operator.forward(List.of(maps));
    }
    return isPlain() ? maps : maps.contiguous();
  }

  /** The operators that bring the value, one after the other, to maps (N, C, H, W). */
  public List<Operator> operators() {
    List<Operator> operators = new ArrayList<>();
    if (isPlain()) {
      return operators;
    }
    List<Extent> order = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      TrackedAxis own = axes.get(axis);
      if (own.before() + own.after() > 0) {
        operators.add(
            new Layout.Slice(
                List.of(own.before()),
                List.of(own.before() + own.inside()),
                List.of(axis),
                List.of(1L)));
      }
      for (Extent extent : own.extents()) {
        order.add(extent);
        sizes.add(extent.of() == Extent.Of.IMAGE ? -1 : extent.size());
      }
    }
    if (order.stream().noneMatch(each -> each.of() == Extent.Of.IMAGE)) {
      order.add(0, Extent.whole(Extent.Of.IMAGE, 1));
      sizes.add(0, -1L);
    }
    operators.add(new Layout.Reshape(sizes, false));
    List<Integer> sorted = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      sorted.add(i);
    }
    // Row-major among the extents of one dimension; channels stay in the order in which they lie.
    sorted.sort(
        Comparator.<Integer, Extent.Of>comparing(i -> order.get(i).of())
            .thenComparing(
                i -> order.get(i).of() == Extent.Of.CHANNEL ? 0L : -order.get(i).stride()));
    operators.add(new Layout.Transpose(sorted.stream().map(Integer::longValue).toList()));
    operators.add(new Layout.Reshape(List.of(-1L, channels(), rows, columns), false));
    return operators;
  }

  /**
   * Factors of channels, (N, C, 1, 1), in a shape in which they multiply the value.
   *
   * @throws IllegalArgumentException if the channels have no axis of their own
   */
  public Tensor spread(Tensor factors) {
    if (isPlain()) {
      return factors;
    }
    long[] shape = new long[axes.size()];
    java.util.Arrays.fill(shape, 1);
    int own = -1;
    for (int axis = 0; axis < axes.size(); axis++) {
      boolean channels = axes.get(axis).inside() > 1 && axes.get(axis).isOnlyChannels();
      if (channels) {
        own = own < 0 ? axis : axes.size();
      }
    }
    if (own < 0 || own == axes.size() || !axes.get(0).isWhole(Extent.Of.IMAGE)) {
      throw new IllegalArgumentException("the channels of this layer have no axis of their own");
    }
    shape[0] = factors.size(0);
    shape[own] = channels();
    return factors.reshape(shape);
  }

  private long channels() {
    return axes.stream()
        .flatMap(axis -> axis.extents().stream())
        .filter(each -> each.of() == Extent.Of.CHANNEL)
        .mapToLong(Extent::size)
        .reduce(1, (a, b) -> a * b);
  }
}
