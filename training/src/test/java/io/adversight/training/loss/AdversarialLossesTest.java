package io.adversight.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The objectives on a linear network of two classes, z = W x, whose worst image of an LINF ball is
 * known: x moves by epsilon against the sign of the difference of the rows of W.
 */
class AdversarialLossesTest {
  private static final float[][] ROWS = {{2, -1, 0.5f, 1}, {-1, 1, 1, 0.25f}};
  private static final float[][] IMAGES = {{0.5f, 0.4f, 0.6f, 0.5f}, {0.3f, 0.7f, 0.5f, 0.4f}};
  private static final int[] CLASSES = {0, 1};
  private static final double EPSILON = 0.1;
  private static final PassLoss CROSS_ENTROPY = new CrossEntropy(0);

  private final Scope scope = Scope.open();
  private final List<Tensor> passed = new ArrayList<>();

  @AfterEach
  void close() {
    scope.close();
  }

  private static InnerAttack fgsm(double epsilon) {
    return new InnerAttack(Norm.LINF, epsilon, 1, 1, false, 0);
  }

  private static InnerAttack pgd(double epsilon, double warmUp) {
    return new InnerAttack(Norm.LINF, epsilon, 10, 0.5, true, warmUp);
  }

  /** A batch of the images at a moment of the phase. */
  private TrainingBatch batch(double progress) {
    float[] weights = new float[8];
    float[] pixels = new float[8];
    for (int i = 0; i < 8; i++) {
      weights[i] = ROWS[i / 4][i % 4];
      pixels[i] = IMAGES[i / 4][i % 4];
    }
    Tensor images = Tensor.of(pixels, 2, 1, 2, 2);
    Graph graph =
        new Graph(
            "pixels",
            List.of(
                new Node("flat", new Layout.Flatten(1), List.of("pixels")),
                new Node("logits", new Linear.Gemm(1, 1, false, true), List.of("flat", "w", "b"))),
            Map.of("w", Tensor.of(weights, 2, 4), "b", Tensor.zeros(2)),
            "logits");
    ModelCard card =
        ModelCard.of(
            "linear",
            "linear.onnx",
            new Input(1, 2, 2),
            Preprocessing.none(ChannelOrder.GRAY),
            InputResize.stretch(),
            OutputKind.LOGITS,
            2,
            new LabelSource.Inline(List.of("a", "b")));
    GraphClassifier classifier = new GraphClassifier(card, Labels.of(List.of("a", "b")), graph);
    return new TrainingBatch() {
      @Override
      public Tensor images() {
        return images;
      }

      @Override
      public Tensor labels() {
        return Tensor.of(new long[] {CLASSES[0], CLASSES[1]}, 2, 1);
      }

      @Override
      public TrainingPass pass(Tensor given) {
        passed.add(given);
        return new TrainingPass(Map.of("logits", graph.forward(given)), Map.of(), "logits");
      }

      @Override
      public Problem problem() {
        return Problem.of(classifier, images, List.of(CLASSES[0], CLASSES[1]));
      }

      @Override
      public Run run() {
        return Run.of(new Rng(1), images);
      }

      @Override
      public double progress() {
        return progress;
      }
    };
  }

  /** z_1 - z_0 of image {@code i}, raised or lowered by what {@code epsilon} can do. */
  private static double ahead(int i, double epsilon) {
    double sum = 0;
    for (int p = 0; p < 4; p++) {
      double slope = ROWS[1][p] - ROWS[0][p];
      sum += slope * IMAGES[i][p] + (i == 0 ? 1 : -1) * epsilon * Math.abs(slope);
    }
    return sum;
  }

  private static double probability(int i, double epsilon) {
    double wrong = i == 0 ? ahead(i, epsilon) : -ahead(i, epsilon);
    return 1 / (1 + Math.exp(wrong));
  }

  private static double meanCrossEntropy(double epsilon) {
    return -(Math.log(probability(0, epsilon)) + Math.log(probability(1, epsilon))) / 2;
  }

  /** KL(p(x) || p(x')) of an image. */
  private static double divergence(int i) {
    double p = probability(i, 0);
    double q = probability(i, EPSILON);
    return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  }

  @Test
  void theMixedObjectiveIsTheMeanOfCleanAndFgsmLosses() {
    double mixed =
        new AdversarialLoss(CROSS_ENTROPY, 0.5, fgsm(EPSILON))
            .evaluate(batch(0.5))
            .terms()
            .sum()
            .item();
    assertThat(mixed)
        .isCloseTo((meanCrossEntropy(0) + meanCrossEntropy(EPSILON)) / 2, within(1e-6));
    assertThat(meanCrossEntropy(EPSILON)).isGreaterThan(meanCrossEntropy(0) + 0.2);
  }

  @Test
  void pgdTrainingTakesTheLossAtTheWorstImageOfTheBall() {
    TrainingLoss.Evaluation evaluation =
        new AdversarialLoss(CROSS_ENTROPY, 0, pgd(EPSILON, 0)).evaluate(batch(0.5));
    assertThat(evaluation.terms().sum().item()).isCloseTo(meanCrossEntropy(EPSILON), within(1e-5));
    assertThat(passed).hasSize(1);
    double[] logits = evaluation.logits().toDoubles();
    assertThat(logits[1] - logits[0]).isCloseTo(ahead(0, EPSILON), within(1e-5));
  }

  @Test
  void epsilonGrowsDuringTheWarmUp() {
    TrainingLoss loss = new AdversarialLoss(CROSS_ENTROPY, 0, pgd(EPSILON, 0.4));
    assertThat(loss.evaluate(batch(0)).terms().sum().item())
        .isCloseTo(meanCrossEntropy(0), within(1e-6));
    assertThat(loss.evaluate(batch(0.1)).terms().sum().item())
        .isCloseTo(meanCrossEntropy(EPSILON / 4), within(1e-5));
    assertThat(loss.evaluate(batch(0.4)).terms().sum().item())
        .isCloseTo(meanCrossEntropy(EPSILON), within(1e-5));
  }

  @Test
  void tradesWeighsTheDivergenceOfTheFurthestPrediction() {
    double value =
        new Trades(CROSS_ENTROPY, 6, pgd(EPSILON, 0)).evaluate(batch(0.5)).terms().sum().item();
    // Each image ends at one of the two ends of the ball, where the divergence has its maxima.
    List<Double> possible = new ArrayList<>();
    for (int ends = 0; ends < 4; ends++) {
      double first = kl(probability(0, 0), probability(0, ends % 2 == 0 ? EPSILON : -EPSILON));
      double second = kl(probability(1, 0), probability(1, ends / 2 == 0 ? EPSILON : -EPSILON));
      possible.add(meanCrossEntropy(0) + 6 * (first + second) / 2);
    }
    assertThat(possible).anySatisfy(end -> assertThat(value).isCloseTo(end, within(1e-5)));
  }

  private static double kl(double p, double q) {
    return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  }

  @Test
  void martIsItsEquation() {
    double value = new Mart(5, pgd(EPSILON, 0)).evaluate(batch(0.5)).terms().sum().item();
    double expected = 0;
    for (int i = 0; i < 2; i++) {
      double q = probability(i, EPSILON);
      double boosted = -Math.log(q) - Math.log(1.0001 - (1 - q));
      expected += (boosted + 5 * divergence(i) * (1 - probability(i, 0))) / 2;
    }
    assertThat(value).isCloseTo(expected, within(1e-5));
  }

  @Test
  void aNameStandsForTheSettingsOfItsPaper() {
    TrainingLoss fgsm =
        AdversarialObjective.FGSM.of(CROSS_ENTROPY, Norm.LINF, 0.3, OptionalInt.empty());
    assertThat(fgsm).isEqualTo(new AdversarialLoss(CROSS_ENTROPY, 0.5, fgsm(0.3)));
    TrainingLoss pgd = AdversarialObjective.PGD.of(CROSS_ENTROPY, Norm.L2, 0.5, OptionalInt.of(3));
    assertThat(pgd)
        .isEqualTo(
            new AdversarialLoss(CROSS_ENTROPY, 0, new InnerAttack(Norm.L2, 0.5, 3, 0.25, true, 0)));
    assertThatThrownBy(() -> AdversarialObjective.PGD.of(fgsm, Norm.LINF, 0.3, OptionalInt.empty()))
        .hasMessageContaining("the recipe is adversarial already");
    assertThatThrownBy(
            () -> AdversarialObjective.FAST.of(CROSS_ENTROPY, Norm.LINF, 0.3, OptionalInt.of(2)))
        .hasMessage("FAST has one step; for several use PGD");
    assertThatThrownBy(
            () ->
                AdversarialObjective.MART.of(
                    new PrototypeLoss(1, 1, 1), Norm.LINF, 0.3, OptionalInt.empty()))
        .hasMessageContaining("MART has a loss of its own");
    assertThatThrownBy(() -> new Trades(CROSS_ENTROPY, 6, fgsm(0.3)))
        .hasMessageContaining("needs randomStart");
  }
}
