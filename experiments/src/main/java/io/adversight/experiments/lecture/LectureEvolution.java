package io.adversight.experiments.lecture;

import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.image.Raster;
import io.adversight.metric.numeric.Correlation;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import io.adversight.training.Recipe;
import io.adversight.visualization.FeatureVisualization;
import io.adversight.visualization.parameterization.ImageBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Features that evolve during a training (Zeiler and Fergus 2014, figure 4): chosen channels made
 * visible after each epoch, and how soon each layer's weights resemble the last ones.
 */
public final class LectureEvolution implements Experiment {
  private static final int TILE = 84;

  @Override
  public String name() {
    return "lecture-evolution";
  }

  @Override
  public void measure(Bench bench) {
    Recipe recipe =
        Recipe.named(Json.text(bench.settings(), "recipe"))
            .on(Json.text(bench.settings(), "data"))
            .withEpochs(bench.count("epochs"));
    List<GraphClassifier> epochs = bench.trainedByEpoch(recipe.name(), recipe);
    GraphClassifier last = epochs.get(epochs.size() - 1);
    List<Double> axis = IntStream.range(0, epochs.size()).mapToObj(e -> (double) e).toList();
    List<String> weights =
        last.graph().constants().entrySet().stream()
            .filter(one -> one.getValue().rank() >= 2)
            .map(Map.Entry::getKey)
            .toList();
    List<Line> lines = new ArrayList<>();
    for (int w = 0; w < weights.size(); w++) {
      String name = weights.get(w);
      List<Double> similar = epochs.stream().map(epoch -> similarity(epoch, last, name)).toList();
      lines.add(new Line(name, axis, similar));
      String which = w == 0 ? "first layer" : w == weights.size() - 1 ? "last layer" : name;
      bench.number("similarity to the last epoch after the first, " + which, similar.get(1));
    }
    bench.plot(
        "weights",
        LinePlot.of("Weights against those of the last epoch", "epoch", "Pearson", lines));
    bench.number("epochs", epochs.size() - 1.0);
    bench.image(
        "features",
        "Images that maximize a channel, before the training and after each epoch",
        () -> sheet(bench, epochs));
  }

  private static double similarity(GraphClassifier now, GraphClassifier last, String weights) {
    return Correlation.pearson(values(now, weights), values(last, weights)).orElse(0);
  }

  private static double[] values(GraphClassifier network, String weights) {
    Tensor tensor = network.graph().constants().get(weights);
    if (tensor == null) {
      throw new IllegalStateException("the networks of a training differ in " + weights);
    }
    return tensor.toDoubles();
  }

  private static Raster sheet(Bench bench, List<GraphClassifier> epochs) {
    ImageTable table =
        new ImageTable(
            IntStream.range(0, epochs.size()).mapToObj(e -> "epoch " + e).toList(), TILE);
    for (JsonNode one : bench.settings().path("features")) {
      Objective objective =
          new Objective.Channel(Json.text(one, "layer"), one.path("channel").asInt());
      List<Raster> images = new ArrayList<>();
      for (GraphClassifier epoch : epochs) {
        bench.run().checkCancelled();
        images.add(
            FeatureVisualization.ofSteps(bench.count("steps"))
                .of(objective, ImageBatch.of(epoch, 1), Run.of(bench.rng(), 0, 1))
                .get(0)
                .image());
      }
      table.row("%s: %s".formatted(Json.text(one, "layer"), one.path("channel").asInt()), images);
    }
    return table.sheet();
  }
}
