package io.adversight.graph.onnx;

import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Resampling.Coordinates;
import io.adversight.graph.operator.Resampling.Mode;
import io.adversight.graph.operator.Resampling.Resize;
import io.adversight.graph.operator.Resampling.Rounding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Reads Resize and Upsample in the forms of all operator sets. */
final class OnnxResizes {
  private OnnxResizes() {}

  /** Upsample (operator sets 7 and 9) and Resize 10: positions i / scale, rounded down. */
  static NodePlan upsample(OnnxNode node) {
    List<Double> scales =
        node.hasInput(1)
            ? doubles(node, 1)
            : node.numbers("scales").stream().map(Float::doubleValue).toList();
    return NodePlan.first(
        new Resize(
            rowsAndColumns(node, scales),
            List.of(),
            mode(node),
            Coordinates.ASYMMETRIC,
            Rounding.FLOOR));
  }

  static NodePlan resize(OnnxNode node) {
    if (node.opset() < 11) {
      return upsample(node);
    }
    if (node.flag("antialias", false)) {
      throw node.wrong("antialias=1 is not supported");
    }
    String policy = node.text("keep_aspect_ratio_policy", "stretch");
    if (!policy.equals("stretch")) {
      throw node.wrong("keep_aspect_ratio_policy %s is not supported".formatted(policy));
    }
    List<Double> scales = List.of();
    List<Long> sizes = List.of();
    if (node.hasInput(2) && node.shapes(2).get(0).elements() > 0) {
      scales = rowsAndColumns(node, doubles(node, 2));
    } else {
      sizes = sizes(node);
    }
    return NodePlan.first(
        new Resize(
            scales,
            sizes,
            mode(node),
            choice(node, "coordinate_transformation_mode", "half_pixel", Coordinates.values()),
            choice(node, "nearest_mode", "round_prefer_floor", Rounding.values())));
  }

  private static List<Double> doubles(OnnxNode node, int index) {
    return DoubleStream.of(node.fixed(index).toDoubles()).boxed().toList();
  }

  private static Mode mode(OnnxNode node) {
    String text = node.text("mode", "nearest");
    if (text.equals("cubic")) {
      throw node.wrong("mode cubic is not supported, only nearest and linear");
    }
    return text.equals("bilinear") ? Mode.LINEAR : choice(node, "mode", "nearest", Mode.values());
  }

  private static <E extends Enum<E>> E choice(
      OnnxNode node, String attribute, String fallback, E[] choices) {
    String text = node.text(attribute, fallback);
    for (E each : choices) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    throw node.wrong(
        "%s %s is not supported, only %s"
            .formatted(
                attribute,
                text,
                Arrays.stream(choices)
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
  }

  /** The scales of rows and columns; those of batch and channels must be 1. */
  private static List<Double> rowsAndColumns(OnnxNode node, List<Double> scales) {
    List<Double> all = scales;
    if (node.has("axes")) {
      all = new ArrayList<>(Collections.nCopies(4, 1.0));
      List<Long> axes = node.integers("axes", List.of());
      checkAxes(node, axes.size(), scales.size());
      for (int i = 0; i < axes.size(); i++) {
        all.set(Axes.of(axes.get(i), 4), scales.get(i));
      }
    }
    if (all.size() != 4 || all.get(0) != 1 || all.get(1) != 1) {
      throw node.wrong("only rows and columns of (N, C, H, W) can be resized, not by " + all);
    }
    return all.subList(2, 4);
  }

  private static List<Long> sizes(OnnxNode node) {
    List<List<Long>> perProbe = node.longsPerProbe(3);
    List<Long> axes = node.integers("axes", List.of(0L, 1L, 2L, 3L));
    Long[] found = {node.shapes(0).get(0).size(2), node.shapes(0).get(0).size(3)};
    for (int i = 0; i < axes.size(); i++) {
      int axis = Axes.of(axes.get(i), 4);
      for (int probe = 0; probe < perProbe.size(); probe++) {
        checkAxes(node, axes.size(), perProbe.get(probe).size());
        long size = perProbe.get(probe).get(i);
        boolean changed = size != node.shapes(0).get(probe).size(axis);
        boolean differs = size != perProbe.get(0).get(i);
        // Files exported with a batch of 1 name that batch.
        boolean named = axis == 0 && size == node.batch();
        if (axis < 2 ? changed && !named : differs) {
          throw node.wrong(
              "only rows and columns of (N, C, H, W) can be resized, not to " + perProbe);
        }
      }
      if (axis >= 2) {
        found[axis - 2] = perProbe.get(0).get(i);
      }
    }
    return Arrays.asList(found);
  }

  private static void checkAxes(OnnxNode node, int axes, int given) {
    if (axes != given) {
      throw node.wrong("%s axes are named, but %s numbers given".formatted(axes, given));
    }
  }
}
