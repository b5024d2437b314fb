package io.adversight.graph.onnx;

import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Layout;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the operators that move elements. */
final class OnnxLayouts {
  private OnnxLayouts() {}

  static NodePlan reshape(OnnxNode node) {
    boolean allowZero = node.flag("allowzero", false);
    List<List<Long>> wanted = node.longsPerProbe(1);
    if (node.isKnown(0)) {
      return NodePlan.first(new Layout.Reshape(wanted.get(0), allowZero));
    }
    return NodePlan.first(ReshapeTarget.of(node.shapes(0), wanted, allowZero, node.batch()));
  }

  /** Without axes: all of size 1, but never the batch. */
  static NodePlan squeeze(OnnxNode node) {
    List<Integer> axes =
        node.axes("axes", 1)
            .orElseGet(
                () ->
                    IntStream.range(0, node.rank(0))
                        .filter(i -> node.shapes(0).stream().allMatch(shape -> shape.size(i) == 1))
                        .boxed()
                        .toList());
    return NodePlan.first(new Layout.Squeeze(axes));
  }

  static NodePlan unsqueeze(OnnxNode node) {
    return NodePlan.first(
        new Layout.Unsqueeze(
            node.axes("axes", 1).orElseThrow(() -> node.wrong("axes are missing"))));
  }

  static NodePlan slice(OnnxNode node) {
    List<Long> starts = node.longs("starts", 1).orElseThrow(() -> node.wrong("starts are missing"));
    List<Long> ends = node.longs("ends", 2).orElseThrow(() -> node.wrong("ends are missing"));
    List<Integer> axes =
        node.axes("axes", 3).orElseGet(() -> IntStream.range(0, starts.size()).boxed().toList());
    List<Long> steps = node.hasInput(4) ? node.longs(4) : Collections.nCopies(starts.size(), 1L);
    return NodePlan.first(new Layout.Slice(starts, ends, axes, steps));
  }

  static NodePlan gather(OnnxNode node) {
    List<Long> shape = new ArrayList<>();
    for (long size : node.shapes(1).get(0).toArray()) {
      shape.add(size);
    }
    return NodePlan.first(new Layout.Gather(node.axis("axis", 0), node.longs(1), shape));
  }

  /** One output of a Split, as a slice. */
  static NodePlan split(OnnxNode node, int output) {
    int axis = Axes.of(node.axis("axis", 0), node.rank(0));
    List<Long> along = node.shapes(0).stream().map(shape -> shape.size(axis)).distinct().toList();
    if (along.size() > 1) {
      throw node.wrong("the batch cannot be split");
    }
    long size = along.get(0);
    List<Long> parts =
        node.longs("split", 1)
            .orElseGet(
                () -> {
                  long count = node.integer("num_outputs", node.outputs());
                  long each = (size + count - 1) / Math.max(1, count);
                  return Collections.nCopies(node.outputs(), each);
                });
    if (output >= parts.size() || parts.stream().anyMatch(part -> part < 0)) {
      throw node.wrong("split %s does not give %s outputs".formatted(parts, output + 1));
    }
    long start = parts.subList(0, output).stream().mapToLong(Long::longValue).sum();
    long end = Math.min(size, start + parts.get(output));
    return NodePlan.first(
        new Layout.Slice(List.of(start), List.of(end), List.of(axis), List.of(1L)));
  }

  static NodePlan trilu(OnnxNode node) {
    long k = node.hasInput(1) ? (long) node.fixed(1).item() : 0;
    return NodePlan.first(new Layout.Trilu(node.flag("upper", true), k));
  }

  static NodePlan expand(OnnxNode node) {
    List<List<Long>> wanted = node.longsPerProbe(1);
    List<Long> first = wanted.get(0);
    if (first.stream().anyMatch(size -> size < 0)) {
      throw node.wrong("sizes cannot be negative: " + first);
    }
    List<Long> sizes = new ArrayList<>(first);
    List<Integer> inputs = List.of(0);
    for (int i = 0; i < first.size(); i++) {
      int at = i;
      if (wanted.stream().map(each -> each.get(at)).distinct().count() > 1) {
        int own = i - first.size() + node.rank(0);
        List<Shape> shapes = node.shapes(0);
        if (own >= 0 && shapes.get(0).size(own) == first.get(i)) {
          sizes.set(i, 1L);
        } else if (first.get(i).equals(OnnxReading.PROBES.get(0))) {
          sizes.set(i, -1L);
          inputs = List.of(0, NodePlan.GRAPH_INPUT);
        } else {
          throw node.wrong("a size is no multiple of the input's: " + wanted);
        }
      }
    }
    return new NodePlan(new Layout.Expand(sizes), inputs);
  }

  static NodePlan pad(OnnxNode node) {
    List<Long> pads = node.longs("pads", 1).orElseThrow(() -> node.wrong("pads are missing"));
    int rank = node.rank(0);
    if (node.hasInput(3)) {
      List<Long> all = new ArrayList<>(Collections.nCopies(2 * rank, 0L));
      List<Long> axes = node.longs(3);
      if (pads.size() != 2 * axes.size()) {
        throw node.wrong("pads %s do not fit axes %s".formatted(pads, axes));
      }
      for (int i = 0; i < axes.size(); i++) {
        int axis = Axes.of(axes.get(i), rank);
        all.set(axis, pads.get(i));
        all.set(axis + rank, pads.get(i + axes.size()));
      }
      pads = all;
    }
    String text = node.text("mode", "constant");
    Layout.Pad.Mode mode =
        switch (text) {
          case "constant" -> Layout.Pad.Mode.CONSTANT;
          case "reflect" -> Layout.Pad.Mode.REFLECT;
          case "edge" -> Layout.Pad.Mode.EDGE;
          case "wrap" -> Layout.Pad.Mode.WRAP;
          default ->
              throw node.wrong("mode must be constant, reflect, edge or wrap, but is " + text);
        };
    return NodePlan.first(new Layout.Pad(mode, pads, node.number("value", 2, 0)));
  }
}
