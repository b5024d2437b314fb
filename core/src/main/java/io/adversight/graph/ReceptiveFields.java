package io.adversight.graph;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Padding;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Quantization;
import io.adversight.graph.operator.Reduction;
import io.adversight.graph.operator.Resampling;
import io.adversight.graph.operator.Selection;
import io.adversight.graph.operator.Sliding;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What each neuron of a network can see of the image, worked out from its operators: intervals of
 * rows and columns are carried through the graph as values are, with the largest element in place
 * of each sum. Exact at borders, per channel, and around branches; nothing is assumed about
 * weights, so a weight that is zero counts. Where a layer's rows are not those of the image
 * (exchanged with columns, say), the fields of a row of neurons are joined.
 */
public final class ReceptiveFields {
  private final Map<String, Bounds> layers;

  private ReceptiveFields(Map<String, Bounds> layers) {
    this.layers = Map.copyOf(layers);
  }

  /**
   * First rows, first columns, last rows and last columns, by channel and row or by channel and
   * column; by element in layers without positions.
   */
  private record Bounds(Shape shape, List<int[]> ends) {}

  /**
   * The fields of some layers, by channel, row and column of their {@linkplain Layer#maps maps}.
   *
   * @param image shape of one image as the graph takes it, (1, C, H, W) or with channels last
   * @param wanted names of nodes
   */
  public static ReceptiveFields of(Graph graph, Shape image, Collection<String> wanted) {
    Map<String, Bounds> found = new HashMap<>();
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Map<String, Reach> known = new HashMap<>();
      known.put(graph.input(), pixels(image));
      Map<String, Layer> layers = new HashMap<>();
      graph.layers(image).forEach(layer -> layers.put(layer.name(), layer));
      Map<String, Shape> shapes = graph.shapes(image);
      graph.constants().forEach((name, constant) -> shapes.put(name, constant.shape()));
      Set<String> open = new HashSet<>(wanted);
      for (int i = 0; i < graph.nodes().size() && !open.isEmpty(); i++) {
        Node node = graph.nodes().get(i);
        try (Scope step = Scope.open()) {
          // An operator may hand on its input, which is freed on its own.
          Reach reach = new Propagation(graph, known, shapes).of(node).map(Tensor::alias);
          reach.ends().forEach(step::keep);
          known.put(node.name(), reach);
          if (open.remove(node.name())) {
            Layer layer = Objects.requireNonNull(layers.get(node.name()));
            found.put(node.name(), bounds(reach.map(layer::maps)));
          }
        }
        forget(graph, i, known);
      }
    }
    return new ReceptiveFields(found);
  }

  private static Reach pixels(Shape image) {
    return image.rank() == 4 && PositionTracker.isChannelsLast(image)
        ? Reach.ofPixels(image.size(3), image.size(1), image.size(2))
            .map(end -> end.permute(0, 2, 3, 1).contiguous())
        : Reach.ofPixels(image.size(1), image.size(2), image.size(3));
  }

  private static void forget(Graph graph, int done, Map<String, Reach> known) {
    for (String name : graph.nodes().get(done).inputs()) {
      Reach reach = known.get(name);
      if (reach != null && graph.isLastUse(name, done)) {
        known.remove(name);
        reach.ends().forEach(Tensor::close);
      }
    }
  }

  private static Bounds bounds(Reach reach) {
    List<int[]> ends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Tensor end = i < 2 ? reach.ends().get(i).neg() : reach.ends().get(i);
      if (end.rank() == 4) {
        int across = i % 2 == 0 ? 3 : 2;
        end = i < 2 ? end.min(across) : end.max(across);
      }
      float[] values = end.toFloats();
      int[] whole = new int[values.length];
      for (int k = 0; k < whole.length; k++) {
        whole[k] = (int) values[k];
      }
      ends.add(whole);
    }
    return new Bounds(reach.ends().get(0).shape(), ends);
  }

  /**
   * The field of one neuron; row and column are 0 in layers without positions.
   *
   * @throws NoSuchElementException if the layer's fields were not asked for
   */
  public ReceptiveField at(String layer, int channel, int row, int column) {
    Bounds bounds = bounds(layer);
    boolean maps = bounds.shape().rank() == 4;
    int height = maps ? (int) bounds.shape().size(2) : 1;
    int width = maps ? (int) bounds.shape().size(3) : 1;
    int r = channel * height + row;
    int c = channel * width + column;
    int top = bounds.ends().get(0)[r];
    int left = bounds.ends().get(1)[c];
    int bottom = bounds.ends().get(2)[r];
    int right = bounds.ends().get(3)[c];
    return top > bottom || left > right
        ? ReceptiveField.EMPTY
        : new ReceptiveField(top, left, bottom, right);
  }

  /** The size of the largest field of a channel, which those away from the border have. */
  public ReceptiveField largest(String layer, int channel) {
    Shape shape = bounds(layer).shape();
    int rows = shape.rank() == 4 ? (int) shape.size(2) : 1;
    int columns = shape.rank() == 4 ? (int) shape.size(3) : 1;
    int height = 0;
    int width = 0;
    for (int r = 0; r < rows; r++) {
      height = Math.max(height, at(layer, channel, r, 0).height());
    }
    for (int c = 0; c < columns; c++) {
      width = Math.max(width, at(layer, channel, 0, c).width());
    }
    return new ReceptiveField(0, 0, height - 1, width - 1);
  }

  private Bounds bounds(String layer) {
    Bounds bounds = layers.get(layer);
    if (bounds == null) {
      throw new NoSuchElementException("no fields of layer \"%s\" were asked for".formatted(layer));
    }
    return bounds;
  }

  /** One node: how intervals pass its operator. */
  private record Propagation(Graph graph, Map<String, Reach> known, Map<String, Shape> shapes) {
    Reach of(Node node) {
      Reach first = input(node, 0);
      Operator operator = node.operator();
      if (operator instanceof Linear.Conv conv) {
        return first.map(end -> conv(conv, end, shape(node, 0), shape(node, 1)));
      }
      if (operator instanceof Linear.ConvTranspose conv) {
        return first.map(end -> transposed(conv, end, shape(node, 1), shape(node)));
      }
      if (operator instanceof Linear.MatMul && !known.containsKey(node.inputs().get(1))) {
        Shape result = shape(node);
        return first.map(end -> end.max(end.rank() - 1).expand(result.toArray()));
      }
      if (operator instanceof Linear
          || operator instanceof Selection
          || operator instanceof Resampling.GridSample) {
        return everything(node);
      }
      if (operator instanceof Quantization || operator instanceof Layout.Trilu) {
        return first;
      }
      if (operator instanceof Pooling pooling) {
        return first.map(end -> pooled(pooling, end));
      }
      if (operator instanceof Reduction reduction) {
        Operator largest = new Reduction.ReduceMax(reduction.axes(), reduction.keepDimensions());
        return first.map(end -> largest.forward(List.of(end)));
      }
      if (operator instanceof Normalization normalization) {
        return first.map(end -> normalized(normalization, end));
      }
      if (operator instanceof Resampling.Resize resize) {
        return first.map(end -> resized(resize, end));
      }
      if (operator instanceof Layout layout) {
        return moved(node, layout, first);
      }
      if (operator instanceof Activation.Softmax softmax) {
        return first.map(end -> along(end, softmax.axis(), softmax.flatten()));
      }
      if (operator instanceof Activation.LogSoftmax softmax) {
        return first.map(end -> along(end, softmax.axis(), softmax.flatten()));
      }
      Shape result = shape(node);
      return elementwise(node).map(end -> end.expand(result.toArray()));
    }

    private Reach input(Node node, int index) {
      String name = node.inputs().get(index);
      Reach reach = known.get(name);
      if (reach != null) {
        return reach;
      }
      Tensor constant = graph.constants().get(name);
      if (constant == null) {
        throw new IllegalStateException("the reach of \"" + name + "\" is gone");
      }
      return Reach.none(constant);
    }

    private List<Reach> inputs(Node node) {
      List<Reach> all = new ArrayList<>();
      for (int i = 0; i < node.inputs().size(); i++) {
        all.add(input(node, i));
      }
      return all;
    }

    private Shape shape(Node node, int index) {
      return shapeOf(node.inputs().get(index));
    }

    private Shape shape(Node node) {
      return shapeOf(node.name());
    }

    private Shape shapeOf(String name) {
      Shape shape = shapes.get(name);
      if (shape == null) {
        throw new IllegalStateException("\"" + name + "\" has no shape");
      }
      return shape;
    }

    private Reach elementwise(Node node) {
      return Reach.join(inputs(node), Tensor::maximum);
    }

    private Reach everything(Node node) {
      long[] result = shape(node).toArray();
      List<Reach> largest =
          inputs(node).stream().map(r -> r.map(end -> end.reshape(-1).max(0))).toList();
      Reach all = Reach.join(largest, Tensor::maximum);
      return all.map(end -> end.reshape(ones(result.length)).expand(result));
    }

    private static long[] ones(int count) {
      long[] sizes = new long[count];
      Arrays.fill(sizes, 1);
      return sizes;
    }

    private static Tensor conv(Linear.Conv conv, Tensor end, Shape x, Shape weight) {
      Tensor grouped = groups(end, conv.groups());
      Tensor padded = Padding.around(grouped, conv.pads(x, weight), Reach.NOTHING);
      Kernels.Window window = new Kernels.Window(conv.strides(), List.of(0L, 0L), conv.dilations());
      List<Long> kernel = List.of(weight.size(2), weight.size(3));
      return spread(Kernels.maxPool(padded, kernel, window, false), weight.size(0));
    }

    /** The largest end of each group of channels, (1, groups, H, W). */
    private static Tensor groups(Tensor end, long groups) {
      Tensor split = end.reshape(groups, end.size(1) / groups, end.size(2), end.size(3));
      return split.max(1).reshape(1, groups, end.size(2), end.size(3));
    }

    /** Each group's end for all of its channels. */
    private static Tensor spread(Tensor end, long channels) {
      long groups = end.size(1);
      return end.reshape(groups, 1, end.size(2), end.size(3))
          .expand(groups, channels / groups, end.size(2), end.size(3))
          .reshape(1, channels, end.size(2), end.size(3));
    }

    /** Each input reaches a window of outputs: the same windows over an input set apart. */
    private static Tensor transposed(
        Linear.ConvTranspose conv, Tensor end, Shape weight, Shape result) {
      Tensor grouped = groups(end, conv.groups());
      Tensor apart = apart(apart(grouped, 2, conv.strides().get(0)), 3, conv.strides().get(1));
      long[] span = new long[2];
      long[] cut = new long[2];
      for (int i = 0; i < 2; i++) {
        span[i] = Sliding.span(weight.size(2 + i), conv.dilations().get(i));
        cut[i] = conv.cutBefore(grouped.shape().with(1, weight.size(0)), weight, i);
      }
      long rows = result.size(2) + cut[0];
      long columns = result.size(3) + cut[1];
      List<Long> around =
          List.of(
              span[0] - 1,
              span[1] - 1,
              Math.max(0, rows - apart.size(2)),
              Math.max(0, columns - apart.size(3)));
      Kernels.Window window =
          new Kernels.Window(List.of(1L, 1L), List.of(0L, 0L), conv.dilations());
      Tensor reached =
          Kernels.maxPool(
              Padding.around(apart, around, Reach.NOTHING),
              List.of(weight.size(2), weight.size(3)),
              window,
              false);
      Tensor part = reached.narrow(2, cut[0], result.size(2)).narrow(3, cut[1], result.size(3));
      return spread(part, result.size(1));
    }

    /** Elements along a dimension with {@code stride} - 1 of nothing behind each. */
    private static Tensor apart(Tensor x, int dim, long stride) {
      if (stride == 1) {
        return x;
      }
      long[] sizes = x.shape().toArray();
      Tensor open = x.unsqueeze(dim + 1);
      long[] gap = open.shape().with(dim + 1, stride - 1).toArray();
      Tensor filled = Tensor.concat(List.of(open, Tensor.full(Reach.NOTHING, gap)), dim + 1);
      sizes[dim] *= stride;
      return filled.reshape(sizes);
    }

    private static Tensor pooled(Pooling pooling, Tensor end) {
      List<Long> ones = List.of(1L, 1L);
      if (pooling instanceof Pooling.AveragePool pool) {
        return new Pooling.MaxPool(
                pool.kernel(), pool.strides(), pool.pads(), ones, pool.ceil(), pool.autoPad())
            .forward(List.of(end));
      }
      return pooling instanceof Pooling.MaxPool
          ? pooling.forward(List.of(end))
          : new Pooling.GlobalMaxPool().forward(List.of(end));
    }

    private static Tensor normalized(Normalization normalization, Tensor end) {
      if (normalization instanceof Normalization.BatchNormalization) {
        return end;
      }
      if (normalization instanceof Normalization.LayerNormalization norm) {
        return along(end, norm.axis(), true);
      }
      if (normalization instanceof Normalization.LRN lrn) {
        return neighbours(lrn.size(), end);
      }
      int[] positions = IntStream.range(2, end.rank()).toArray();
      return end.max(positions).expand(end.shape().toArray());
    }

    /** Channel c sees channels c - (size - 1) / 2 to c + size / 2. */
    private static Tensor neighbours(long size, Tensor end) {
      long channels = end.size(1);
      Tensor columns = end.reshape(1, 1, channels, end.size(2) * end.size(3));
      Tensor padded =
          Padding.around(columns, List.of((size - 1) / 2, 0L, size / 2, 0L), Reach.NOTHING);
      Kernels.Window window = new Kernels.Window(List.of(1L, 1L), List.of(0L, 0L), List.of(1L, 1L));
      return Kernels.maxPool(padded, List.of(size, 1L), window, false)
          .reshape(end.shape().toArray());
    }

    private static Tensor along(Tensor end, int axis, boolean andFurther) {
      int first = Axes.of(axis, end.rank());
      int last = andFurther ? end.rank() - 1 : first;
      int[] dims = IntStream.rangeClosed(first, last).toArray();
      return end.max(dims).expand(end.shape().toArray());
    }

    /** Interpolation reads two neighbours: the ends of both. */
    private static Tensor resized(Resampling.Resize resize, Tensor end) {
      if (resize.mode() == Resampling.Mode.NEAREST) {
        return resize.forward(List.of(end));
      }
      return resize.neighbours(end);
    }

    private Reach moved(Node node, Layout layout, Reach first) {
      if (layout instanceof Layout.Concat) {
        return Reach.join(inputs(node), (a, b) -> layout.forward(List.of(a, b)));
      }
      if (layout instanceof Layout.Pad pad && pad.mode() == Layout.Pad.Mode.CONSTANT) {
        Layout empty = new Layout.Pad(pad.mode(), pad.pads(), Reach.NOTHING);
        return first.map(end -> empty.forward(List.of(end)));
      }
      if (layout instanceof Layout.Expand) {
        return first.map(end -> end.expand(shape(node).toArray()));
      }
      return first.map(end -> layout.forward(List.of(end)));
    }
  }
}
