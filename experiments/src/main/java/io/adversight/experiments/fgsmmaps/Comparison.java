package io.adversight.experiments.fgsmmaps;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.experiments.Bench;
import io.adversight.experiments.NamedAlgorithm;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.study.ExplanationMethods;
import io.adversight.study.explanation.MapMeasure;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The heat maps that are compared, and the similarities that compare them.
 *
 * @param methods what explains, in the settings' order
 * @param measures what compares, in the settings' order
 */
record Comparison(List<Method> methods, List<Measure> measures) {
  /**
   * An explanation.
   *
   * @param name that numbers have
   * @param scaled whether its maps are scaled to [0, 1] by their extremes before they are compared
   */
  record Method(String name, Attribution attribution, boolean scaled) {}

  /**
   * A similarity.
   *
   * @param name that numbers have
   */
  record Measure(String name, MapMeasure similarity) {}

  Comparison {
    methods = List.copyOf(methods);
    measures = List.copyOf(measures);
  }

  /** As the settings {@code methods} and {@code measures} say. */
  static Comparison of(Bench bench) {
    List<Method> methods = new ArrayList<>();
    for (JsonNode node : bench.settings().path("methods")) {
      NamedAlgorithm named = NamedAlgorithm.of(node);
      methods.add(
          new Method(
              named.name(),
              ExplanationMethods.create(named.algorithm()),
              node.path("scaled").asBoolean()));
    }
    List<Measure> measures =
        NamedAlgorithm.list(bench, "measures").stream()
            .map(named -> new Measure(named.name(), new MapMeasure(named.algorithm())))
            .toList();
    return new Comparison(methods, measures);
  }

  /** For each method, the maps of a batch, each for the class of its image. */
  List<List<Raster>> maps(Classifier network, Tensor pixels, List<Integer> classes, Run run) {
    List<List<Heatmap>> maps =
        Attributions.run(
            methods.stream().map(Method::attribution).toList(),
            network,
            pixels,
            new Objective.Logit(classes),
            run);
    List<List<Raster>> compared = new ArrayList<>();
    for (int m = 0; m < methods.size(); m++) {
      boolean scaled = methods.get(m).scaled();
      compared.add(
          maps.get(m).stream().map(map -> scaled ? scaled(map.map()) : map.map()).toList());
    }
    return compared;
  }

  private static Raster scaled(Raster map) {
    double low = map.min();
    double range = map.max() - low;
    return Raster.generate(
        map.channels(),
        map.height(),
        map.width(),
        (c, y, x) -> range == 0 ? 0 : (map.at(c, y, x) - low) / range);
  }

  /** The similarities of one image's two maps by each method: methods outside, measures inside. */
  List<List<Double>> similarities(
      List<List<Raster>> before, int image, List<List<Raster>> after, int other) {
    List<List<Double>> all = new ArrayList<>();
    for (int m = 0; m < methods.size(); m++) {
      Raster a = before.get(m).get(image);
      Raster b = after.get(m).get(other);
      all.add(measures.stream().map(measure -> measure.similarity().of(a, b)).toList());
    }
    return all;
  }
}
