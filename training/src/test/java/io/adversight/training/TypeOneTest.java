package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.latent.KeepPenalty;
import io.adversight.attack.latent.LatentWalk;
import io.adversight.attack.latent.TypeOne;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.graph.Graph;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.LatentModel;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.run.Progress;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.data.Batch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks through a tiny auto-encoder of drawn digits on a classifier of the same. */
class TypeOneTest {
  private static final int IMAGES = 20;
  private static final Recipe CLASSIFIER =
      Recipe.parse(
          """
          {"name": "attacked", "title": "The attacked network", "dataSet": "drawn",
           "preprocessing":
             {"channels": "GRAY", "range": 1, "mean": [0.1], "std": [0.3], "layout": "NCHW"},
           "architecture": {"type": "fully-connected", "hidden": [30], "activation": "RELU"},
           "startFrom": "",
           "augmentation": {"shift": 1, "rotation": 5, "scale": 0, "shear": 0, "flip": false},
           "batch": 30,
           "phases": [
             {"name": "all", "epochs": 12, "trained": [],
              "loss": {"type": "cross-entropy", "smoothing": 0.1},
              "optimizer":
                {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0},
              "schedule": {"type": "one-cycle", "peak": 0.01, "warmUp": 0.25},
              "project": false}
           ],
           "weights": "FLOAT32", "seed": 3, "note": ""}
          """,
          "test");

  @TempDir static Path folder;
  private static Path generator;
  private static LatentModel model;
  private static GraphClassifier attacked;

  @BeforeAll
  static void train() {
    Train.Result made = TinyAutoEncoder.train(folder.resolve("svae"), Progress.SILENT);
    generator = made.file();
    model = LatentModel.open(ModelFile.of(generator, made.card()), Device.CPU);
    Train.Result other =
        Train.run(
            CLASSIFIER,
            TinyAutoEncoder.TRAIN,
            TinyAutoEncoder.TEST,
            folder.resolve("attacked"),
            Device.CPU,
            Progress.SILENT);
    attacked = ModelReader.open(ModelFile.of(other.file(), other.card()), Device.CPU);
  }

  private static TypeOne attack() {
    return new TypeOne(generator.toString(), 120, 0.1, 1, 1, 0.1, 0.001, 0.6, 3, 0.7);
  }

  private static Problem problem() {
    DataSet test = TinyAutoEncoder.TEST;
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      labels.add(test.label(i));
    }
    return Problem.of(attacked, Batch.pixels(test, 0, IMAGES), labels);
  }

  private static List<Integer> targets(Problem problem) {
    return problem.labels().stream().map(label -> (label + 3) % 10).toList();
  }

  private static List<Integer> predicted(Tensor logits) {
    List<Integer> classes = new ArrayList<>();
    for (long index : logits.argmax(1).toLongs()) {
      classes.add((int) index);
    }
    return classes;
  }

  private static long equal(List<Integer> some, List<Integer> others) {
    long equal = 0;
    for (int i = 0; i < some.size(); i++) {
      equal += some.get(i).equals(others.get(i)) ? 1 : 0;
    }
    return equal;
  }

  @Test
  void aTransitionReachesItsTarget() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      List<Integer> targets = targets(problem);
      Tensor codes =
          attack().transition().run(model, problem, targets, Run.of(IMAGES), point -> {});
      Tensor images = model.decode(codes);
      assertThat(equal(predicted(model.classify(model.encode(images))), targets)).isEqualTo(IMAGES);
      // The attacked network, which was no part of it, sees the new classes, too.
      assertThat(equal(predicted(attacked.logits(images)), targets)).isGreaterThan(IMAGES * 3 / 4);
    }
  }

  @Test
  void aTypeOneExampleShowsTheTargetAndKeepsTheLabel() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      List<Integer> targets = targets(problem);
      List<Adversarial> results =
          Attacks.run(
              attack(),
              problem.with(new Goal.MisclassifyAs(targets)),
              Attacks.Settings.of(Attacks.Rounding.CHECK),
              Run.of(IMAGES),
              result -> {});
      int successes = 0;
      for (int i = 0; i < IMAGES; i++) {
        Adversarial result = results.get(i);
        if (result.success()) {
          successes++;
          assertThat(result.after().top()).isEqualTo(problem.labels().get(i));
          Tensor image = Batches.of(List.of(result.changed()));
          assertThat(predicted(model.classify(model.encode(image))))
              .containsExactly(targets.get(i));
          assertThat(result.norms().l2()).isGreaterThan(1);
        } else {
          assertThat(result.norms().linf()).isZero();
        }
      }
      assertThat(successes).isGreaterThan(IMAGES / 2);
    }
  }

  @Test
  void withoutATargetTheCodeMovesToTheNextLikelyClass() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem().select(0, 1, 2);
      List<Adversarial> results =
          Attacks.run(
              attack(),
              problem,
              Attacks.Settings.of(Attacks.Rounding.SKIP).skippingReached(),
              Run.of(3),
              result -> {});
      assertThat(results).anyMatch(Adversarial::success);
      assertThat(results)
          .filteredOn(Adversarial::success)
          .allMatch(result -> result.after().top() == result.label());
    }
  }

  @Test
  void gradientsFlowThroughTheDecoderAndTheAttackedNetwork() {
    try (Scope scope = Scope.open()) {
      LatentModel exact =
          new LatentModel(
              model.card(),
              model.labels(),
              inDoubles(model.encoder()),
              inDoubles(model.decoder()),
              inDoubles(model.classifier()),
              inDoubles(model.discriminator()));
      GraphClassifier network =
          new GraphClassifier(attacked.card(), attacked.labels(), inDoubles(attacked.graph()));
      Problem problem = Problem.of(network, problem().pixels().asDouble(), problem().labels());
      List<Integer> targets = targets(problem);
      Tensor codes = exact.encode(problem.pixels()).detach();
      double[] weights = new double[IMAGES];
      Tensor direction = Tensor.of(new Rng(8).normal(IMAGES * 6), IMAGES, 6).asDouble();
      double step = 1e-6;
      for (LatentWalk walk :
          List.of(
              new LatentWalk(1, 0.1, 0, 0, KeepPenalty.NONE),
              new LatentWalk(1, 0.1, 0.5, 0.7, KeepPenalty.NONE))) {
        for (double weight : new double[] {0, 2}) {
          Arrays.fill(weights, weight);
          Tensor leaf = codes.leaf();
          Tensor objective = walk.objective(exact, problem, targets, leaf, weights);
          double slope = Gradients.of(objective, leaf).mul(direction).sum().item();
          Tensor there = codes.add(direction.mul(step));
          Tensor back = codes.sub(direction.mul(step));
          double ahead = walk.objective(exact, problem, targets, there, weights).item();
          double behind = walk.objective(exact, problem, targets, back, weights).item();
          assertThat((ahead - behind) / (2 * step))
              .as("%s, weight %s", walk, weight)
              .isCloseTo(slope, within(1e-5 * Math.abs(slope)));
        }
      }
    }
  }

  private static Graph inDoubles(Graph graph) {
    Map<String, Tensor> doubles = new HashMap<>();
    graph
        .constants()
        .forEach(
            (name, constant) ->
                doubles.put(name, constant.isFloating() ? constant.asDouble() : constant));
    return graph.withConstants(doubles);
  }

  @Test
  void anImageGetsTheSameResultAlone() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      Tensor together = attack().perturb(model, problem.with(keep(problem)), Run.of(IMAGES));
      Problem one = problem.select(4);
      Tensor alone = attack().perturb(model, one.with(keep(one)), Run.of(1));
      assertThat(alone.toFloats()).containsExactly(together.rows(4).toFloats(), within(1e-3f));
    }
  }

  private static Goal keep(Problem problem) {
    return new Goal.Keep(targets(problem));
  }

  @Test
  void aNetworkForOtherImagesIsRefused() {
    GraphClassifier digits =
        ModelReader.open(
            new Models(new DataHome(folder, List.of())).locate("digits", ByteProgress.NONE),
            Device.CPU);
    try (Scope scope = Scope.open()) {
      Problem problem = Problem.of(digits, Tensor.zeros(1, 1, 28, 28), List.of(0));
      assertThatThrownBy(() -> attack().perturb(problem, Run.of(1)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("makes images of 1 x 14 x 14")
          .hasMessageContaining("\"digits\" takes images of 1 x 28 x 28");
    }
  }
}
