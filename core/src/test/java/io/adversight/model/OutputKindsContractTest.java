package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.CatalogAttacks;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.SmallNetworks;
import io.adversight.attack.blackbox.Square;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.latent.TypeOne;
import io.adversight.attack.learned.AdversarialTransformation;
import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.AttributionContractTest;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.Networks;
import io.adversight.attribution.cam.Cam;
import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.image.Raster;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.AdamAscent;
import io.adversight.visualization.FeatureVisualization;
import io.adversight.visualization.parameterization.Fourier;
import io.adversight.visualization.parameterization.ImageBatch;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every attack and explanation of the catalogue on a network with one logit and on one with
 * independent labels, judged by the plain outputs.
 */
class OutputKindsContractTest {
  private static final GraphClassifier SMOOTH = SmallNetworks.smooth();
  private static final double[] WEIGHTS = {1, -1, 0.5, -0.5};
  private static final int FIRST = 1;
  private static final int SECOND = 3;

  /** A weighted sum of four logits as the only one. */
  private static GraphClassifier binary() {
    float[][] factors = {{1, -1, 0.5f, -0.5f}};
    Graph one = Scores.combined(SMOOTH.graph(), Shape.of(1, 1, 8, 8), factors);
    return network(OutputKind.BINARY_LOGIT, 2, one);
  }

  /** Four logits as those of independent labels, of which two are decided on. */
  private static GraphClassifier labels() {
    return network(OutputKind.SIGMOID_LOGITS, 4, SMOOTH.graph())
        .deciding(new LabelSet(List.of(FIRST, SECOND)));
  }

  private static GraphClassifier network(OutputKind kind, int classes, Graph graph) {
    ModelCard card =
        ModelCard.of(
            "small",
            "small.onnx",
            new Input(1, 8, 8),
            Preprocessing.none(ChannelOrder.GRAY),
            InputResize.stretch(),
            kind,
            classes,
            new LabelSource.Numbers());
    return new GraphClassifier(card, Labels.numbers(classes), graph);
  }

  private static int binaryClass(double[] logits) {
    double z = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      z += WEIGHTS[i] * logits[i];
    }
    return z > 0 ? 1 : 0;
  }

  private static int subset(double[] logits) {
    return (logits[FIRST] > 0 ? 1 : 0) + (logits[SECOND] > 0 ? 2 : 0);
  }

  private static double[] plain(Raster image) {
    try (Scope scope = Scope.open()) {
      return SMOOTH.logits(Batches.of(List.of(image))).toDoubles();
    }
  }

  /** All but those with a generator of four classes. */
  static Stream<Attack> attacksOfAnyNetwork() {
    return attacks()
        .filter(
            attack -> !(attack instanceof TypeOne || attack instanceof AdversarialTransformation));
  }

  static Stream<Attack> attacks() {
    return CatalogAttacks.all();
  }

  private static Set<Norm> norms(Attack attack) {
    return attack instanceof BoundedAttack bounded
        ? bounded.norms()
        : attack instanceof MinimalAttack minimal ? minimal.norms() : Set.of(Norm.L2);
  }

  private static List<Adversarial> attacked(Attack attack, GraphClassifier network) {
    Norm norm = norms(attack).contains(Norm.LINF) ? Norm.LINF : norms(attack).iterator().next();
    double epsilon = norm == Norm.LINF ? 0.1 : norm == Norm.L0 ? 8 : 2;
    try (Scope scope = Scope.open()) {
      Tensor pixels = SmallNetworks.smoothInputs();
      List<Integer> labels = network.predict(pixels).stream().map(Prediction::top).toList();
      return Attacks.runAny(
          attack,
          Problem.of(network, pixels, labels),
          norm,
          List.of(epsilon),
          Attacks.Settings.of(Attacks.Rounding.SKIP),
          Run.of(new Rng(5), 0, 3));
    }
  }

  @ParameterizedTest
  @MethodSource("attacksOfAnyNetwork")
  void anAttackMovesTheOneLogitOverZero(Attack attack) {
    for (Adversarial result : attacked(attack, binary())) {
      int before = binaryClass(plain(result.original()));
      int after = binaryClass(plain(result.changed()));
      assertThat(result.before().top()).isEqualTo(before);
      assertThat(result.after().top()).isEqualTo(after);
      assertThat(result.success()).isEqualTo(before != after);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void anAttackChangesWhichLabelsAreOn(Attack attack) {
    for (Adversarial result : attacked(attack, labels())) {
      int before = subset(plain(result.original()));
      int after = subset(plain(result.changed()));
      assertThat(result.before().top()).isEqualTo(before);
      assertThat(result.after().top()).isEqualTo(after);
      assertThat(result.success()).isEqualTo(before != after);
    }
  }

  /** Else the tests above would hold for attacks that never succeed. */
  @Test
  void attacksSucceed() {
    for (GraphClassifier network : List.of(binary(), labels())) {
      for (Attack attack : List.of(new Pgd(), new Square(), new DeepFool())) {
        assertThat(attacked(attack, network)).anyMatch(Adversarial::success);
      }
    }
  }

  static Stream<Attribution> methods() {
    return AttributionContractTest.methods()
        .filter(method -> Networks.suitsAny(method) && !(method instanceof Cam));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anExplanationIsFiniteAndNotEmpty(Attribution method) {
    for (GraphClassifier network : List.of(binary(), labels())) {
      for (int label = 0; label < network.card().classes(); label++) {
        try (Scope scope = Scope.open()) {
          List<Heatmap> maps =
              Attributions.run(
                      List.of(method),
                      network,
                      SmallNetworks.smoothInputs(),
                      Objective.Logit.of(label),
                      Run.of(3))
                  .get(0);
          for (Heatmap map : maps) {
            assertThat(map.attribution().toArray()).doesNotContain(Float.NaN);
          }
          assertThat(maps).anyMatch(map -> !map.attribution().equals(empty(map.attribution())));
        }
      }
    }
  }

  private static Raster empty(Raster like) {
    return Raster.generate(like.channels(), like.height(), like.width(), (c, y, x) -> 0);
  }

  @Test
  void theImageOfAClassRaisesIt() {
    for (GraphClassifier network : List.of(binary(), labels())) {
      try (Scope scope = Scope.open()) {
        double grey = probability(network, Raster.generate(1, 8, 8, (c, y, x) -> 0.5));
        Raster image =
            new FeatureVisualization(
                    new Fourier(), List.of(), List.of(), new AdamAscent(), 40, false)
                .of(Objective.Logit.of(1), ImageBatch.of(network, 1), Run.of(1))
                .get(0)
                .image();
        assertThat(probability(network, image)).isGreaterThan(grey);
      }
    }
  }

  private static double probability(GraphClassifier network, Raster image) {
    return network.predict(Batches.of(List.of(image))).get(0).probability(1);
  }
}
