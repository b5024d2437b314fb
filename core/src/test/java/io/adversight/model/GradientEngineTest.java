package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attack.WatchedClassifier;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients in ONNX Runtime against those of libtorch's automatic differentiation. */
class GradientEngineTest {
  private static final DataHome HOME = new DataHome(Path.of("no-home"), List.of());
  private static final List<Integer> CLASSES = List.of(1, 0, 1);

  /** Of the largest element: each of the two may be off the exact value by rounding. */
  private static final double ROUNDING = 2 * Classifier.ROUNDING;

  /**
   * A prototype's activation, log((d + 1) / (d + 1e-4)), is steep where its distance d is small.
   */
  private static final double ROUNDING_OF_PROTOTYPES = 3 * ROUNDING;

  private static final List<Integer> OTHERS = List.of(0, 1, 0);

  private final int threads = Engine.threads();

  @AfterEach
  void restore() {
    Engine.setThreads(threads);
  }

  static Stream<String> embedded() {
    return ForwardPassTest.embedded();
  }

  private static GraphClassifier open(String name, EngineChoice engine) {
    return ModelReader.openAny(new Models(HOME).locate(name, ByteProgress.NONE), Device.CPU)
        .on(engine);
  }

  private static Tensor pixels(Classifier classifier, int images) {
    Input input = classifier.card().input();
    int size = images * input.channels() * input.height() * input.width();
    float[] values = new Rng(5).uniform(size, 0, 1);
    return Tensor.of(values, images, input.channels(), input.height(), input.width());
  }

  /** Every objective of the logits that attacks and explanations use. */
  private static Map<String, Objective> objectives(Classifier classifier) {
    Map<String, Objective> all = new LinkedHashMap<>();
    Objective logit = new Objective.Logit(CLASSES);
    all.put("logit", logit);
    all.put("difference", logit.plus(new Objective.Logit(OTHERS).times(-0.5)).negate());
    all.put("probability", new Objective.Probability(CLASSES));
    Problem problem = Problem.of(classifier, pixels(classifier, CLASSES.size()), CLASSES);
    for (Loss loss : Loss.values()) {
      all.put("away by " + loss, problem.objective(loss));
      all.put("towards by " + loss, problem.with(new Goal.MisclassifyAs(OTHERS)).objective(loss));
    }
    return all;
  }

  private static void assertClose(String what, Tensor found, Tensor expected) {
    assertClose(what, found, expected, ROUNDING);
  }

  private static void assertClose(String what, Tensor found, Tensor expected, double rounding) {
    assertThat(found.shape()).as(what).isEqualTo(expected.shape());
    double largest = expected.abs().max().item();
    assertThat(found.sub(expected).abs().max().item())
        .as(what)
        .isLessThanOrEqualTo(rounding * largest);
  }

  @ParameterizedTest
  @MethodSource("embedded")
  void bothEnginesGiveTheSameGradientsOfAllObjectivesInBatchesAndAlone(String name) {
    GraphClassifier onnx = open(name, EngineChoice.ONNXRUNTIME);
    GraphClassifier torch = open(name, EngineChoice.LIBTORCH);
    double ofLogits = onnx.prototypes().equals(Prototypes.NONE) ? ROUNDING : ROUNDING_OF_PROTOTYPES;
    try (Scope scope = Scope.open()) {
      List<String> places = places(onnx);
      Tensor pixels = pixels(onnx, CLASSES.size());
      Tensor leaf = pixels.leaf();
      Activations recorded = torch.forward(leaf, BackwardRules.STANDARD);
      List<Tensor> at =
          places.stream()
              .map(place -> place.equals(Trace.PIXELS) ? leaf : recorded.layer(place))
              .toList();
      objectives(onnx)
          .forEach(
              (kind, objective) -> {
                // A probability is as uncertain, relatively, as its logarithm is absolutely.
                double rounding =
                    kind.equals("probability")
                        ? ofLogits * Math.max(1, recorded.logits().abs().max().item())
                        : ofLogits;
                Tensor values = objective.values(recorded);
                List<Tensor> expected = Gradients.of(values, at, Gradients.Recording.KEEP);
                GradientPass pass = onnx.gradients(pixels, objective, places).orElseThrow();
                assertClose(kind + ": values", pass.values(), values.detach(), rounding);
                assertClose("logits", pass.logits(), recorded.logits().detach(), ofLogits);
                pass.activations()
                    .forEach(
                        (layer, value) ->
                            assertClose(layer, value, recorded.layer(layer).detach(), ofLogits));
                for (int i = 0; i < places.size(); i++) {
                  String place = places.get(i);
                  assertClose(
                      kind + " at " + place, pass.gradient(place), expected.get(i), rounding);
                }
                assertClose(
                    kind + " alone", alone(onnx, pixels, objective), expected.get(0), rounding);
              });
    } finally {
      onnx.close();
    }
  }

  private static List<String> places(Classifier classifier) {
    return Stream.concat(Stream.of(Trace.PIXELS), classifier.defaultLayer().stream()).toList();
  }

  private static Tensor alone(Classifier classifier, Tensor pixels, Objective objective) {
    List<Tensor> singles = new ArrayList<>();
    for (int i = 0; i < pixels.size(0); i++) {
      GradientPass pass =
          classifier
              .gradients(pixels.rows(i), objective.select(i), places(classifier))
              .orElseThrow();
      singles.add(pass.gradient(Trace.PIXELS));
    }
    return Tensor.concat(singles, 0);
  }

  @Test
  void aLargeBatchIsComputedInPartsThatFitTogether() {
    GraphClassifier cifar = open("cifar10", EngineChoice.ONNXRUNTIME);
    try (Scope scope = Scope.open()) {
      Tensor pixels = pixels(cifar, 70);
      List<Integer> labels = IntStream.range(0, 70).mapToObj(i -> i % 10).toList();
      Objective objective = new Objective.CrossEntropy(labels);
      Tensor all =
          cifar.gradients(pixels, objective, Set.of(Trace.PIXELS)).orElseThrow().gradient("pixels");
      for (int i : new int[] {0, 33, 69}) {
        Tensor one =
            cifar
                .gradients(pixels.rows(i), objective.select(i), Set.of(Trace.PIXELS))
                .orElseThrow()
                .gradient("pixels");
        assertClose("image " + i, all.rows(i), one);
      }
    } finally {
      cifar.close();
    }
  }

  @Test
  void anAttackAndAnExplanationRecordNothing() {
    GraphClassifier digits = open("digits", EngineChoice.ONNXRUNTIME);
    WatchedClassifier watched = new WatchedClassifier(digits, 100);
    try (Scope scope = Scope.open()) {
      Tensor pixels = pixels(digits, CLASSES.size());
      String layer = digits.defaultLayer().orElseThrow();
      Objective objective = new Objective.Logit(CLASSES);
      Trace trace = watched.trace(pixels, Set.of(Trace.PIXELS, layer));
      trace.logits();
      Tensor gradient = trace.gradient(layer, objective);
      assertThat(trace.gradient(Trace.PIXELS, objective).shape()).isEqualTo(pixels.shape());
      assertThat(trace.activation(layer).shape()).isEqualTo(gradient.shape());
      assertThat(trace.values(objective).shape()).isEqualTo(Shape.of(CLASSES.size()));
      assertThat(trace.forwards()).isEqualTo(2);
      assertThat(trace.backwards()).isEqualTo(1);
      Run run = Run.of(CLASSES.size());
      new Pgd()
          .perturb(Problem.of(watched, pixels, CLASSES), new Ball(Norm.LINF, 0.1), run)
          .close();
      assertThat(run.counter(0).backwards()).isPositive();
      assertThat(watched.recorded()).isZero();
      trace.gradient(Trace.PIXELS, objective, BackwardRules.GUIDED);
      assertThat(watched.recorded()).isEqualTo(1);
    } finally {
      digits.close();
    }
  }

  @Test
  void gradientsPassTheViewOfAnAttackAndADefence() {
    GraphClassifier onnx = open("digits", EngineChoice.ONNXRUNTIME);
    GraphClassifier torch = open("digits", EngineChoice.LIBTORCH);
    InputTransform darker =
        new InputTransform() {
          @Override
          public Tensor of(Tensor images, Run run) {
            return images.square();
          }

          @Override
          public boolean isRandom() {
            return false;
          }

          @Override
          public String gradients() {
            return "";
          }
        };
    try (Scope scope = Scope.open()) {
      Tensor pixels = pixels(onnx, CLASSES.size());
      Objective objective = new Objective.CrossEntropy(CLASSES);
      List<Tensor> found =
          Stream.of(onnx, torch)
              .map(network -> network.behind(darker, "darker", 1))
              .map(network -> Problem.of(network, pixels, CLASSES))
              .map(problem -> gradient(problem, pixels, objective))
              .toList();
      assertClose("behind both", found.get(0), found.get(1));
    } finally {
      onnx.close();
    }
  }

  private static Tensor gradient(Problem problem, Tensor pixels, Objective objective) {
    Run run = Run.of(CLASSES.size());
    return problem.gradient(pixels, seen -> seen.flip(3).mul(0.5), objective, run).gradient();
  }

  // Sessions of earlier tests may be freed at any time.
  @Test
  void fewSessionsAreOpenAndNoneOnceTheNetworkIsClosed() {
    int before = InferenceSession.open();
    GraphClassifier digits = open("digits", EngineChoice.ONNXRUNTIME);
    try (Scope scope = Scope.open()) {
      Tensor pixels = pixels(digits, CLASSES.size());
      Objective objective = new Objective.Logit(CLASSES);
      Tensor first = digits.gradients(pixels, objective, List.of("pixels")).orElseThrow().values();
      for (Objective each : objectives(digits).values()) {
        digits.gradients(pixels, each, List.of(Trace.PIXELS));
      }
      assertThat(InferenceSession.open() - before).isLessThanOrEqualTo(5);
      digits.foundIn(HOME).close();
      assertThat(InferenceSession.open()).isLessThanOrEqualTo(before);
      Tensor again = digits.gradients(pixels, objective, List.of("pixels")).orElseThrow().values();
      assertThat(again.toFloats()).isEqualTo(first.toFloats());
    } finally {
      digits.close();
    }
  }

  @Test
  void memoryStaysFlat() {
    GraphClassifier cifar = open("cifar10", EngineChoice.ONNXRUNTIME);
    passes(cifar, 20);
    long before = Engine.residentBytes();
    passes(cifar, 60);
    assertThat((Engine.residentBytes() - before) >> 20).isLessThan(40);
    cifar.close();
  }

  private static void passes(GraphClassifier classifier, int rounds) {
    Objective objective = Objective.Logit.of(1);
    for (int round = 0; round < rounds; round++) {
      try (Scope scope = Scope.open()) {
        classifier.gradients(pixels(classifier, 1 + round % 16), objective, Set.of(Trace.PIXELS));
      }
    }
  }

  @Test
  void aGradientThatIsNotSymbolicIsThatOfLibtorchAndTheProvenanceSaysWhy() {
    Node flat = new Node("flat", new Layout.Flatten(1), List.of("x"));
    Node total = new Node("total", new Linear.Einsum("nc->n"), List.of("flat"));
    Node column = new Node("column", new Layout.Unsqueeze(List.of(1)), List.of("total"));
    Node sum = new Node("sum", new Arithmetic.Add(), List.of("flat", "column"));
    GraphClassifier odd = TwoClasses.of(flat, total, column, sum).on(EngineChoice.ONNXRUNTIME);
    try (Scope scope = Scope.open()) {
      assertThat(odd.engine())
          .isEqualTo(
              "%s (%s for gradients that are not symbolic)"
                  .formatted(InferenceSession.VERSION, Engine.version()));
      Tensor pixels = Tensor.of(new float[] {0.5f, 0.75f}, 1, 1, 1, 2);
      Tensor gradient =
          Problem.of(odd, pixels, List.of(0))
              .gradient(pixels, Objective.Logit.of(0), Run.of(1))
              .gradient();
      assertThat(gradient.toFloats()).containsExactly(2, 1);
      assertThat(odd.engine())
          .startsWith(InferenceSession.VERSION + ", gradients " + Engine.version())
          .contains("layer \"total\" (Einsum) has no symbolic gradient");
    } finally {
      odd.close();
    }
  }

  @Test
  void aClassThatDoesNotExistIsNamed() {
    GraphClassifier digits = open("digits", EngineChoice.ONNXRUNTIME);
    try (Scope scope = Scope.open()) {
      Objective tenth = Objective.Logit.of(10);
      assertThatThrownBy(() -> digits.gradients(pixels(digits, 1), tenth, List.of(Trace.PIXELS)))
          .hasMessage("class 10 does not exist; the network has classes 0 to 9");
    } finally {
      digits.close();
    }
  }
}
