package io.adversight.graph.onnx;

import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Resampling.Coordinates;
import io.adversight.graph.operator.Resampling.Filter;
import io.adversight.graph.operator.Resampling.GridSample;
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
    List<Double> scales = List.of();
    List<Long> sizes = List.of();
    String policy = node.text("keep_aspect_ratio_policy", "stretch");
    if (node.hasInput(2) && node.shapes(2).get(0).elements() > 0) {
      scales = rowsAndColumns(node, doubles(node, 2));
    } else {
      sizes = sizes(node);
      if (!policy.equals("stretch")) {
        sizes = proportional(node, sizes, policy);
      }
    }
    return NodePlan.first(
        new Resize(
            scales,
            sizes,
            mode(node),
            choice(node, "coordinate_transformation_mode", "half_pixel", Coordinates.values()),
            choice(node, "nearest_mode", "round_prefer_floor", Rounding.values()),
            new Filter(
                node.flag("antialias", false),
                node.flag("exclude_outside", false),
                node.number("cubic_coeff_a", -0.75))));
  }

  /** Sizes of the input's proportions, not larger or not smaller than those that are asked for. */
  private static List<Long> proportional(OnnxNode node, List<Long> sizes, String policy) {
    double rows = (double) sizes.get(0) / node.shapes(0).get(0).size(2);
    double columns = (double) sizes.get(1) / node.shapes(0).get(0).size(3);
    List<Long> axes = node.integers("axes", List.of(2L, 3L));
    boolean ofRows = axes.stream().anyMatch(axis -> Axes.of(axis, 4) == 2);
    boolean ofColumns = axes.stream().anyMatch(axis -> Axes.of(axis, 4) == 3);
    double scale =
        switch (policy) {
          case "not_larger" -> !ofColumns ? rows : !ofRows ? columns : Math.min(rows, columns);
          case "not_smaller" -> !ofColumns ? rows : !ofRows ? columns : Math.max(rows, columns);
          default -> throw node.wrong("keep_aspect_ratio_policy %s is unknown".formatted(policy));
        };
    return List.of(
        ofRows ? rounded(node, 2, scale) : sizes.get(0),
        ofColumns ? rounded(node, 3, scale) : sizes.get(1));
  }

  private static long rounded(OnnxNode node, int dim, double scale) {
    return (long) Math.floor(node.shapes(0).get(0).size(dim) * scale + 0.5);
  }

  /** Sampling at positions; the modes had other names before operator set 20. */
  static Operator gridSample(OnnxNode node) {
    int kernel =
        switch (node.text("mode", "linear")) {
          case "linear", "bilinear" -> 0;
          case "nearest" -> 1;
          case "cubic", "bicubic" -> 2;
          default -> throw node.wrong("its mode is not supported");
        };
    int outside =
        switch (node.text("padding_mode", "zeros")) {
          case "zeros" -> 0;
          case "border" -> 1;
          case "reflection" -> 2;
          default -> throw node.wrong("its padding_mode is not supported");
        };
    return new GridSample(kernel, outside, node.flag("align_corners", false));
  }

  private static List<Double> doubles(OnnxNode node, int index) {
    return DoubleStream.of(node.fixed(index).toDoubles()).boxed().toList();
  }

  private static Mode mode(OnnxNode node) {
    String text = node.text("mode", "nearest");
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
