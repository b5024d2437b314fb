package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.AviarySet;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.model.Prototypes;
import io.adversight.model.Resize;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProtoPNetTest {
  private static final DataSet BIRDS = new AviarySet("birds", 50, 3, 32).inMemory();
  private static final ProtoPNet NET = new ProtoPNet(List.of(List.of(4), List.of(6)), 5, 2, 3);

  private static GraphClassifier classifier(Graph graph) {
    ModelCard card =
        ModelCard.of(
            "birds",
            "birds.onnx",
            new Input(3, 32, 32),
            Preprocessing.none(ChannelOrder.RGB),
            Resize.stretch(),
            OutputKind.LOGITS,
            12,
            new LabelSource.Inline(BIRDS.classNames()));
    return new GraphClassifier(card, Labels.of(BIRDS.classNames()), graph);
  }

  private static Graph untrained() {
    return NET.graph(new Input(3, 32, 32), 12, new Rng(9));
  }

  private static float[] values(Map<String, Tensor> all, String name) {
    return Objects.requireNonNull(all.get(name)).contiguous().toFloats();
  }

  @Test
  void similaritiesFollowFromTheSquaredDistances() {
    try (Scope scope = Scope.open()) {
      Graph graph = untrained();
      Map<String, Tensor> all = graph.forwardAll(Batch.pixels(BIRDS, 0, 1), BackwardRules.STANDARD);
      float[] patches = values(all, "patches");
      float[] prototypes = values(graph.constants(), "prototypes");
      float[] similarities = values(all, "similarities");
      float[] evidence = values(all, "evidence");
      int places = 16 * 16;
      for (int p = 0; p < 24; p++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int place = 0; place < places; place++) {
          double distance = 0;
          for (int d = 0; d < 5; d++) {
            double difference = patches[d * places + place] - prototypes[p * 5 + d];
            distance += difference * difference;
          }
          double similarity = Math.log((distance + 1) / (distance + 1e-4));
          assertThat((double) similarities[p * places + place]).isCloseTo(similarity, within(1e-4));
          largest = Math.max(largest, similarity);
        }
        assertThat((double) evidence[p]).isCloseTo(largest, within(1e-4));
      }
    }
  }

  @Test
  void theLossIsThatOfItsDefinition() {
    try (Scope scope = Scope.open()) {
      float[] distances = {4, 3, 1, 2, 5, 6, 7, 0.5f};
      Loss.Pass pass =
          new Loss.Pass(
              Map.of(
                  "distances", Tensor.of(distances, 2, 4, 1, 1),
                  "logits", Tensor.of(new float[] {0, 0, 0, 0}, 2, 2)),
              Map.of("last.weight", Tensor.of(new float[] {1, 1, -2, 1, 3, 1, 1, 1}, 2, 4)),
              "logits");
      Tensor labels = Tensor.of(new long[] {0, 1}, 2, 1);
      // Own prototypes: 3 of (4, 3), and 0.5 of (7, 0.5); of others: 1 and 5; wrong: 2 + 1 + 3 + 1.
      double expected = Math.log(2) + 0.8 * 1.75 - 0.08 * 3 + 0.1 * 7;
      assertThat(new PrototypeLoss(0.8, 0.08, 0.1).of(pass, labels).item())
          .isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void projectedPrototypesAreTheNearestPatchesOfTheirClass() {
    try (Scope scope = Scope.open()) {
      Graph graph = untrained();
      GraphClassifier classifier = classifier(graph);
      Projection projection = Projection.of(graph, classifier, BIRDS);
      assertThat(projection.prototypes().all()).hasSize(24);
      Graph projected = graph.withConstants(Map.of("prototypes", projection.values()));
      for (int p = 0; p < 24; p++) {
        Prototypes.Prototype prototype = projection.prototypes().all().get(p);
        assertThat(prototype.owner()).isEqualTo(p / 2).isEqualTo(BIRDS.label(prototype.image()));
        float[] similarity = values(features(projected, prototype.image()), "similarities");
        int place = prototype.row() * 16 + prototype.column();
        // The patch is the prototype: their distance is 0, so the likeness is log(1 / 0.0001).
        assertThat((double) similarity[p * 256 + place]).isCloseTo(Math.log(1e4), within(0.05));
        nothingOfItsClassIsNearer(graph, p, prototype);
      }
    }
  }

  private static Map<String, Tensor> features(Graph graph, int image) {
    return graph.forwardAll(Batch.pixels(BIRDS, image, 1), BackwardRules.STANDARD);
  }

  private static void nothingOfItsClassIsNearer(
      Graph graph, int p, Prototypes.Prototype prototype) {
    float[] chosen = values(features(graph, prototype.image()), "distances");
    float least = chosen[p * 256 + prototype.row() * 16 + prototype.column()];
    for (int image = 0; image < BIRDS.size(); image++) {
      if (BIRDS.label(image) == prototype.owner()) {
        float[] distances = values(features(graph, image), "distances");
        for (int place = 0; place < 256; place++) {
          assertThat(distances[p * 256 + place]).isGreaterThanOrEqualTo(least - 1e-5f);
        }
      }
    }
  }

  @Test
  void pruningLeavesThePrototypesWhoseNeighboursAreTheirOwn() {
    try (Scope scope = Scope.open()) {
      Graph graph = untrained();
      GraphClassifier classifier = classifier(graph);
      Prototypes all = Projection.of(graph, classifier, BIRDS).prototypes();
      assertThat(Pruning.of(graph, all, classifier, BIRDS, 0).prototypes()).isEqualTo(all);
      Pruning some = Pruning.of(graph, all, classifier, BIRDS, 2);
      int left = some.prototypes().all().size();
      assertThat(left).isLessThan(24);
      assertThat(values(some.graph().constants(), "prototypes")).hasSize(5 * left);
      assertThat(some.graph().forward(Batch.pixels(BIRDS, 0, 2)).shape().toArray())
          .containsExactly(2, 12);
    }
  }
}
