package io.adversight.evaluation.explanation;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.metric.similarity.ScaledSsim;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sanity checks: an explanation of a network whose weights are random should not look like that of
 * the trained network (Adebayo et al. 2018, section 3). Layers lose their weights one after the
 * other from the last on (cascading), or one at a time (independent).
 *
 * @param similarities by name, how maps are compared
 */
@Paper("adebayo2018sanity")
public record SanityCheck(Map<String, MapSimilarity> similarities) {
  /** How layers lose their weights. */
  public enum Randomization {
    /** The layer and all behind it. */
    CASCADING,
    /** The layer alone. */
    INDEPENDENT
  }

  /**
   * The explanations of a network with one more random layer, compared with those of the trained
   * network.
   *
   * @param layer that lost its weights
   * @param similarity mean over the images, by the name of the comparison
   */
  public record Row(Randomization randomization, String layer, Map<String, Double> similarity) {}

  /**
   * What the checks found.
   *
   * @param rows cascading from the last layer on, then independent
   */
  public record Report(List<Row> rows) {
    /** Copies the rows. */
    public Report {
      rows = List.copyOf(rows);
    }
  }

  /** Rank correlation and structural similarity, as in the paper. */
  public SanityCheck() {
    this(Map.of("spearman", new Spearman(), "ssim", new ScaledSsim()));
  }

  /** Copies the comparisons. */
  public SanityCheck {
    similarities = Collections.unmodifiableMap(new TreeMap<>(similarities));
  }

  /**
   * Runs both checks of one method on a batch.
   *
   * @param weights of the layers that are made random
   * @throws IllegalArgumentException if the classifier is not one over a graph
   */
  public Report report(
      Attribution method,
      Classifier classifier,
      Tensor pixels,
      Objective objective,
      Rng weights,
      Run run) {
    if (!(classifier instanceof GraphClassifier network)) {
      throw new InputException(
          "sanity checks change weights, but \"%s\" hides its graph"
              .formatted(classifier.card().name()));
    }
    List<String> layers = RandomizedNetwork.layers(network);
    List<Raster> trained = maps(method, network, pixels, objective, run);
    Rng rng = weights.split(0x73616e69);
    List<Row> rows = new ArrayList<>();
    for (Randomization randomization : Randomization.values()) {
      for (int i = 0; i < layers.size(); i++) {
        run.report(rows.size(), 2L * layers.size(), "layers");
        List<String> random =
            randomization == Randomization.CASCADING
                ? layers.subList(0, i + 1)
                : List.of(layers.get(i));
        try (Scope scope = Scope.open()) {
          GraphClassifier changed = RandomizedNetwork.of(network, random, rng);
          List<Raster> maps = maps(method, changed, pixels, objective, run);
          rows.add(new Row(randomization, layers.get(i), compared(trained, maps)));
        }
      }
    }
    return new Report(rows);
  }

  private static List<Raster> maps(
      Attribution method, Classifier classifier, Tensor pixels, Objective objective, Run run) {
    return Attributions.run(List.of(method), classifier, pixels, objective, run).get(0).stream()
        .map(Heatmap::map)
        .toList();
  }

  private Map<String, Double> compared(List<Raster> trained, List<Raster> random) {
    Map<String, Double> means = new LinkedHashMap<>();
    similarities.forEach(
        (name, similarity) -> {
          double sum = 0;
          for (int i = 0; i < trained.size(); i++) {
            sum += similarity.similarity(trained.get(i), random.get(i));
          }
          means.put(name, sum / trained.size());
        });
    return means;
  }
}
