package io.adversight.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.RobustAccuracy;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.DefenseText;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.data.DrawnDigitSet;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks behind defences: what they compute, and how gradients pass. */
class DefendedClassifierTest {
  @TempDir Path home;
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private GraphClassifier network(String name) {
    Models models = new Models(new DataHome(home, List.of()));
    return ModelReader.open(models.locate(name, ByteProgress.NONE), Device.CPU);
  }

  private GraphClassifier digitsBehind(String defense) {
    return DefenseText.parse(defense).before(network("digits"), 4);
  }

  private static Tensor digits(int count) {
    DataSet set = new DrawnDigitSet(0, 1, 28);
    return Batches.of(IntStream.range(0, count).mapToObj(set::image).toList());
  }

  private static List<Integer> labels(int count) {
    DataSet set = new DrawnDigitSet(0, 1, 28);
    return IntStream.range(0, count).mapToObj(set::label).toList();
  }

  static List<Defense> defenses() {
    return Catalog.entries(Kind.DEFENSE).stream()
        .map(Entry::create)
        .map(Defense.class::cast)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("defenses")
  void aDifferentiableDefenseHasItsOwnGradientAndAnyOtherThatOfTheIdentity(Defense defense) {
    Tensor images = Tensor.of(new Rng(1).uniform(2 * 3 * 81, 0.45, 0.55), 2, 3, 9, 9).asDouble();
    Run run = Run.of(new Rng(2), images);
    Tensor weights = Tensor.of(new Rng(3).normal(2 * 3 * 81), 2, 3, 9, 9).asDouble();
    Tensor leaf = images.leaf();
    Tensor gradient = Gradients.of(defense.of(leaf, run).mul(weights).sum(), leaf);
    if (!defense.isDifferentiable()) {
      assertThat(gradient.toDoubles()).containsExactly(weights.toDoubles(), within(1e-12));
      assertThat(defense.of(leaf, run).detach().toDoubles())
          .containsExactly(defense.of(images, run).toDoubles(), within(1e-9));
      return;
    }
    Tensor direction = Tensor.of(new Rng(4).normal(2 * 3 * 81), 2, 3, 9, 9).asDouble();
    double step = 1e-6;
    double ahead = defense.of(images.add(direction.mul(step)), run).mul(weights).sum().item();
    double behind = defense.of(images.sub(direction.mul(step)), run).mul(weights).sum().item();
    double slope = gradient.mul(direction).sum().item();
    assertThat((ahead - behind) / (2 * step)).isCloseTo(slope, within(1e-5 * Math.abs(slope)));
  }

  @ParameterizedTest
  @MethodSource("defenses")
  void anImageMeetsTheSameRandomnessAloneAndAmongOthers(Defense defense) {
    Tensor images = Tensor.of(new Rng(1).uniform(3 * 81, 0, 1), 3, 1, 9, 9);
    Run run = Run.of(new Rng(2), images);
    Tensor together = defense.of(images, run);
    for (int i = 0; i < 3; i++) {
      Tensor alone = defense.of(images.rows(i), run.select(i));
      assertThat(alone.toFloats()).containsExactly(together.rows(i).toFloats(), within(1e-6f));
    }
    Tensor again = defense.of(images, run.split(1));
    if (defense.isRandom()) {
      assertThat(again.sub(together).abs().sum().item()).isPositive();
    } else {
      assertThat(again.sub(together).abs().sum().item()).isZero();
    }
  }

  @Test
  void everythingIsComputedBehindTheDefense() {
    GraphClassifier plain = network("digits");
    GraphClassifier behind = digitsBehind("median-blur(window=3), jpeg(quality=20)");
    Tensor images = digits(4);
    Defense first = new MedianBlur(3);
    Defense second = new Jpeg(20);
    Tensor defended = second.of(first.of(images, Run.of(4)), Run.of(4));
    double[] expected = plain.logits(defended).toDoubles();
    assertThat(behind.logits(images).toDoubles()).containsExactly(expected, within(1e-5));
    Trace trace = behind.trace(images);
    assertThat(trace.logits().toDoubles()).containsExactly(expected, within(1e-5));
    Objective logit = new Objective.Logit(labels(4));
    assertThat(trace.gradient(Trace.PIXELS, logit).toDoubles())
        .containsExactly(
            plain.trace(defended).gradient(Trace.PIXELS, logit).toDoubles(), within(1e-4));
    assertThat(behind.card().nameInResults())
        .isEqualTo("digits behind median-blur(window=3), jpeg(quality=20)");
    assertThat(behind.gradients()).isEqualTo("straight-through (BPDA) for median-blur, jpeg");
  }

  @Test
  void theGradientOfARandomDefenseIsAnExpectation() {
    GraphClassifier behind = digitsBehind("random-noise(deviation=0.3)");
    Tensor images = digits(2);
    Run run = Run.of(new Rng(7), images);
    Problem problem = Problem.of(behind, images, labels(2));
    Objective logit = new Objective.Logit(labels(2));
    GradientEvaluation evaluation = problem.gradient(images.add(0), logit, run);
    assertThat(run.counter(0).forwards()).isEqualTo(4);
    assertThat(run.counter(0).backwards()).isEqualTo(4);
    // The mean of logits and gradients over the draws of this pass.
    Run source = run.renewed().split(0x5EE);
    GraphClassifier plain = network("digits");
    Tensor mean = images.fullLike(0);
    for (int draw = 0; draw < 4; draw++) {
      Tensor leaf = images.leaf();
      Tensor seen = new RandomNoise(0.3).of(leaf, source.split(draw).split(0));
      Tensor one = plain.logits(seen).gather(1, Tensor.of(new long[] {0, 1}, 2, 1));
      mean = mean.add(Gradients.of(one.sum(), leaf).div(4));
    }
    assertThat(evaluation.gradient().toDoubles())
        .containsExactly(mean.toDoubles(), within(1e-4 * mean.linfPerImage().max(0).item()));
    assertThat(behind.gradients())
        .isEqualTo(
            "its own for random-noise; expectation over 4 draws (EOT), explanations of one draw");
  }

  @Test
  void everyPassDrawsAnewAndARunRepeats() {
    GraphClassifier behind = digitsBehind("random-noise(deviation=0.5)");
    Tensor images = digits(3);
    Problem problem = Problem.of(behind, images, labels(3));
    Run run = Run.of(new Rng(7), images);
    Tensor first = problem.logits(images, run);
    Tensor second = problem.logits(images, run);
    assertThat(first.sub(second).abs().sum().item()).isPositive();
    Tensor again = problem.logits(images, run.restarted());
    assertThat(again.toDoubles()).containsExactly(first.toDoubles());
    Tensor alone = problem.select(1).logits(images.rows(1), run.restarted().select(1));
    assertThat(alone.toDoubles()).containsExactly(first.rows(1).toDoubles(), within(1e-4));
    // Without a run, equal pixels are seen alike.
    assertThat(behind.logits(images.rows(2)).toDoubles())
        .containsExactly(behind.logits(images).rows(2).toDoubles(), within(1e-4));
  }

  @Test
  void anAttackOnARandomDefenseGivesTheSameAloneAndInABatch() {
    GraphClassifier behind = digitsBehind("random-resize(smallest=0.7)");
    Tensor images = digits(3);
    List<Adversarial> together = attacked(behind, images, labels(3));
    for (int i = 0; i < 3; i++) {
      Adversarial alone = attacked(behind, images.rows(i), List.of(labels(3).get(i))).get(0);
      float[] one = alone.changed().toArray();
      float[] other = together.get(i).changed().toArray();
      assertThat(alone.success()).isEqualTo(together.get(i).success());
      long apart =
          IntStream.range(0, one.length).filter(p -> Math.abs(one[p] - other[p]) > 1e-4).count();
      assertThat(apart).isLessThan(one.length / 20L); // ties of signs, see Attack.isPerImage
    }
  }

  private static List<Adversarial> attacked(
      Classifier network, Tensor images, List<Integer> labels) {
    return Attacks.run(
        new Pgd(3, 0, true),
        Problem.of(network, images, labels),
        Norm.LINF,
        List.of(0.1),
        Attacks.Rounding.SKIP,
        Run.of(new Rng(5), images));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bit-depth(bits=4)", "jpeg(quality=75)"})
  void aDefenseThatOnlyHidesTheGradientFallsToAnAttackThatKnowsOfIt(String defense) {
    GraphClassifier network = network("aviary");
    GraphClassifier behind = DefenseText.parse(defense).before(network, 1);
    DataSet birds = DataSets.find("aviary", new DataHome(home, List.of())).take(16);
    Tensor images = Batches.of(IntStream.range(0, 16).mapToObj(birds::image).toList());
    List<Integer> labels = IntStream.range(0, 16).mapToObj(birds::label).toList();
    double clean = accuracy(behind, images, labels);
    assertThat(clean).isGreaterThan(0.8);
    assertThat(robust(behind, images, labels)).isLessThan(0.15);
  }

  private static double accuracy(Classifier network, Tensor images, List<Integer> labels) {
    long[] seen = network.logits(images).argmax(1).toLongs();
    return IntStream.range(0, seen.length).filter(i -> seen[i] == labels.get(i)).count()
        / (double) seen.length;
  }

  private static double robust(Classifier network, Tensor images, List<Integer> labels) {
    return RobustAccuracy.of(
            Attacks.run(
                new Pgd(10, 0.25, true),
                Problem.of(network, images, labels),
                Norm.LINF,
                List.of(8 / 255.0),
                Attacks.Rounding.SKIP,
                Run.of(new Rng(1), images)))
        .ofAll()
        .value();
  }

  @Test
  void whatIsNoDefenseIsRefusedInOneLine() {
    refused("jpg", "unknown defense \"jpg\"; did you mean jpeg?");
    refused("jpeg(quality=500)", "jpeg: quality must be between 1 and 100, but was 500");
    refused("jpeg(quality=50", "a parenthesis has no partner");
    refused("jpeg,,bit-depth", "a defence is missing in \"jpeg,,bit-depth\"");
    refused("", "a defence is missing");
    refused("bit-depth(bit=3)", "bit");
    refused("pgd", "unknown defense \"pgd\"");
    refused("jpeg,".repeat(30) + "jpeg", "at most 20 defences");
    assertThatThrownBy(() -> DefenseText.parse("jpeg").before(network("digits"), 0))
        .hasMessageContaining("draws must be between 1 and 10000, but was 0");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> DefenseText.parse(text))
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }
}
