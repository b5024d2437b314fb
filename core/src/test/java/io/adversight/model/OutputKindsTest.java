package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.Node;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Operator;
import io.adversight.input.InputException;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks whose outputs are one number or independent labels, opened from files. */
class OutputKindsTest {
  private static final int SIDE = 8;

  @TempDir private Path folder;

  /** One layer behind a network. */
  private record End(Operator operator, List<String> constants) {}

  private static End end(Operator operator, String... constants) {
    return new End(operator, List.of(constants));
  }

  /** W x of grey images with layers behind it; W is that of {@link SmallNetworks#weights}. */
  private Path file(int outputs, End... ends) throws IOException {
    Graph graph = SmallNetworks.randomLinear(SIDE, outputs, 3).graph();
    Map<String, Tensor> constants = new HashMap<>(graph.constants());
    constants.put("one", Tensor.scalar(1).asFloat());
    List<Node> nodes = new ArrayList<>(graph.nodes());
    String last = graph.output();
    for (int i = 0; i < ends.length; i++) {
      List<String> inputs = new ArrayList<>(ends[i].constants());
      inputs.add(last);
      last = "end" + i;
      nodes.add(new Node(last, ends[i].operator(), inputs));
    }
    Graph longer = new Graph(graph.input(), nodes, constants, last);
    return Files.write(
        folder.resolve("net.onnx"), OnnxWriter.write(longer, Shape.of(1, 1, SIDE, SIDE)));
  }

  private static ModelCard card(Path file, Optional<OutputKind> kind, String... names) {
    LabelSource labels =
        names.length == 0 ? new LabelSource.Numbers() : new LabelSource.Inline(List.of(names));
    return ModelReader.describe(
        file,
        "net",
        new ModelReader.Given(
            FileInput.ONLY,
            Optional.empty(),
            Optional.empty(),
            List.of(0.0),
            List.of(1.0),
            Optional.empty(),
            Optional.empty(),
            kind,
            Optional.empty()),
        labels);
  }

  private static Tensor images() {
    return Tensor.of(new Rng(11).uniform(3 * SIDE * SIDE, 0, 0.2), 3, 1, SIDE, SIDE);
  }

  /** W x in plain arithmetic, [image][output]. */
  private static double[][] scores(int outputs) {
    double[][] weights = SmallNetworks.weights(SIDE, outputs, 3);
    double[] pixels = images().toDoubles();
    double[][] scores = new double[3][outputs];
    for (int i = 0; i < 3; i++) {
      for (int o = 0; o < outputs; o++) {
        for (int p = 0; p < SIDE * SIDE; p++) {
          scores[i][o] += weights[o][p] * pixels[i * SIDE * SIDE + p];
        }
      }
    }
    return scores;
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static void assertBinary(GraphClassifier network) {
    double[][] scores = scores(1);
    double[] weights = SmallNetworks.weights(SIDE, 1, 3)[0];
    try (Scope scope = Scope.open()) {
      List<Prediction> predictions = network.predict(images());
      float[] gradient =
          network
              .trace(images())
              .gradient(Trace.PIXELS, new Objective.Margin(List.of(1)))
              .toFloats();
      for (int i = 0; i < 3; i++) {
        double p = sigmoid(scores[i][0]);
        assertThat(predictions.get(i).probability(1)).isCloseTo(p, within(2e-6));
        assertThat(predictions.get(i).probability(0)).isCloseTo(1 - p, within(2e-6));
        assertThat(predictions.get(i).top()).isEqualTo(p > 0.5 ? 1 : 0);
        for (int k = 0; k < weights.length; k++) {
          assertThat((double) gradient[i * weights.length + k])
              .isCloseTo(weights[k], within(1e-4 * Math.abs(weights[k]) + 1e-6));
        }
      }
    }
  }

  @Test
  void oneSigmoidIsTwoClasses() throws IOException {
    Path file = file(1, end(new Activation.Sigmoid()));
    ModelCard card = card(file, Optional.empty(), "cat");
    assertThat(card.output()).isEqualTo(OutputKind.BINARY_PROBABILITY);
    assertThat(card.note()).isEqualTo("the network ends in a sigmoid");
    assertThat(card.classes()).isEqualTo(2);
    assertThat(ModelCard.parse(card.toJson(), "card")).isEqualTo(card);
    GraphClassifier network = ModelReader.open(ModelFile.of(file, card), Device.CPU);
    assertThat(network.labels().lines()).containsExactly("not cat", "cat");
    assertBinary(network);
  }

  @Test
  void oneLogitIsTwoClasses() throws IOException {
    Path file = file(1);
    ModelCard card = card(file, Optional.empty());
    assertThat(card.output()).isEqualTo(OutputKind.BINARY_LOGIT);
    assertThat(card.note()).isEqualTo("the network ends in a linear layer (Gemm)");
    assertBinary(ModelReader.open(ModelFile.of(file, card), Device.CPU));
    assertBinary(
        ModelReader.open(
            ModelFile.of(file, card(file, Optional.of(OutputKind.SIGMOID_LOGITS))), Device.CPU));
  }

  /** The number of an image without further dimensions, or with some of size 1. */
  @Test
  void oneLogitMayHaveAnyShape() throws IOException {
    for (List<Long> shape : List.of(List.of(-1L), List.of(-1L, 1L, 1L, 1L))) {
      Path file = file(1, end(new Layout.Reshape(shape, false)));
      ModelCard card = card(file, Optional.empty());
      assertThat(card.output()).isEqualTo(OutputKind.BINARY_LOGIT);
      assertBinary(ModelReader.open(ModelFile.of(file, card), Device.CPU));
    }
  }

  @Test
  void aSigmoidOfOtherOperatorsHasToBeDeclared() throws IOException {
    Path file =
        file(
            1,
            end(new Activation.Neg()),
            end(new Activation.Exp()),
            end(new Arithmetic.Add(), "one"),
            end(new Activation.Reciprocal()));
    assertThatThrownBy(() -> card(file, Optional.empty()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageEndingWith(
            "it gives one number in [0, 1]; say what that is with --output-kind or \"output\" in a"
                + " card: binary-logit, binary-probability");
    ModelCard card = card(file, Optional.of(OutputKind.BINARY_PROBABILITY));
    assertBinary(ModelReader.open(ModelFile.of(file, card), Device.CPU));
  }

  @Test
  void declarationsThatCannotBeAreRefused() throws IOException {
    Path one = file(1, end(new Activation.Sigmoid()));
    assertThatThrownBy(() -> card(one, Optional.of(OutputKind.BINARY_LOGIT)))
        .hasMessageEndingWith(
            "the network ends in a sigmoid, but its output is declared as binary-logit; declare"
                + " binary-probability");
    assertThatThrownBy(() -> card(one, Optional.of(OutputKind.PROBABILITIES)))
        .hasMessageEndingWith(
            "the network gives one number per image, which decides between two classes, but its"
                + " output is declared as probabilities; declare binary-probability");
    Path three = file(3);
    assertThatThrownBy(() -> card(three, Optional.of(OutputKind.BINARY_LOGIT)))
        .hasMessageEndingWith(
            "the network gives 3 numbers per image, but its output is declared as binary-logit;"
                + " declare sigmoid-logits");
  }

  @Test
  void labelsKeepTheirOwnProbabilities() throws IOException {
    Path file = file(3, end(new Activation.Sigmoid()));
    ModelCard card = card(file, Optional.empty(), "cat", "dog", "cup");
    assertThat(card.output()).isEqualTo(OutputKind.SIGMOID_PROBABILITIES);
    double[][] scores = scores(3);
    try (Scope scope = Scope.open()) {
      List<Prediction> found =
          ModelReader.openAny(ModelFile.of(file, card), Device.CPU).predict(images());
      for (int i = 0; i < 3; i++) {
        for (int o = 0; o < 3; o++) {
          assertThat(found.get(i).probability(o)).isCloseTo(sigmoid(scores[i][o]), within(2e-6));
        }
      }
    }
  }

  /** The probability of a subset is the product of its labels' and of the others' complements. */
  @Test
  void theSubsetsOfLabelsAreClasses() throws IOException {
    Path file = file(3, end(new Activation.Sigmoid()));
    ModelFile labelled = ModelFile.of(file, card(file, Optional.empty(), "cat", "dog", "cup"));
    GraphClassifier all = ModelReader.open(labelled, Device.CPU);
    assertThat(all.labels().lines())
        .containsExactly(
            "none", "cat", "dog", "cat + dog", "cup", "cat + cup", "dog + cup", "cat + dog + cup");
    GraphClassifier any = ModelReader.openAny(labelled, Device.CPU);
    GraphClassifier two = any.deciding(LabelSet.of(List.of("cup", "cat"), labelled.labels()));
    assertThat(two.labels().lines()).containsExactly("none", "cup", "cat", "cup + cat");
    GraphClassifier dog = any.deciding(LabelSet.of(List.of("dog"), labelled.labels()));
    assertThat(dog.labels().lines()).containsExactly("not dog", "dog");
    double[][] scores = scores(3);
    try (Scope scope = Scope.open()) {
      for (int i = 0; i < 3; i++) {
        double[] p = Arrays.stream(scores[i]).map(OutputKindsTest::sigmoid).toArray();
        Prediction subsets = all.predict(images()).get(i);
        for (int subset = 0; subset < 8; subset++) {
          double product = 1;
          for (int label = 0; label < 3; label++) {
            product *= (subset >> label & 1) == 1 ? p[label] : 1 - p[label];
          }
          assertThat(subsets.probability(subset)).isCloseTo(product, within(2e-6));
        }
        assertThat(two.predict(images()).get(i).probability(1))
            .isCloseTo(p[2] * (1 - p[0]), within(2e-6));
        assertThat(dog.predict(images()).get(i).probability(1)).isCloseTo(p[1], within(2e-6));
      }
    }
  }

  @Test
  void manyLabelsNeedAChoice() throws IOException {
    Path file = file(11, end(new Activation.Sigmoid()));
    ModelFile labelled = ModelFile.of(file, card(file, Optional.empty()));
    String choice =
        "net: the network gives a probability for each of 11 independent labels; choose with"
            + " --label-set which are meant: one label (on or off), or up to 10 of them (each"
            + " subset is a class)";
    assertThatThrownBy(() -> ModelReader.open(labelled, Device.CPU))
        .isInstanceOf(InputException.class)
        .hasMessage(choice);
    GraphClassifier any = ModelReader.openAny(labelled, Device.CPU);
    List<Attribution> gradient = List.of(new Gradient());
    try (Scope scope = Scope.open()) {
      Objective first = Objective.Logit.of(0);
      assertThatThrownBy(() -> Attributions.run(gradient, any, images(), first, Run.of(3)))
          .isInstanceOf(InputException.class)
          .hasMessage(choice);
    }
    Labels numbers = labelled.labels();
    assertThatThrownBy(() -> LabelSet.of(List.of("all"), numbers))
        .hasMessage("a label set needs 1 to 10 different labels, but has 11");
    assertThatThrownBy(() -> LabelSet.of(List.of("3", "3"), numbers))
        .hasMessage("a label set needs 1 to 10 different labels, but has 2");
    GraphClassifier exclusive = SmallNetworks.randomLinear(SIDE, 3, 1);
    assertThatThrownBy(() -> exclusive.deciding(new LabelSet(List.of(0))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("label sets are for networks of independent labels");
  }
}
