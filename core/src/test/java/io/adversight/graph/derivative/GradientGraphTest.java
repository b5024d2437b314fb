package io.adversight.graph.derivative;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.problem.Loss;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.model.Activations;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.Objective;
import io.adversight.tensor.Device;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The symbolic gradients of whole networks, against libtorch's automatic differentiation. */
class GradientGraphTest {
  private static final double ROUNDING = 5e-5;

  /** A probability is as uncertain, relatively, as its logarithm is absolutely. */
  private static final double ROUNDING_OF_PROBABILITIES = 2e-4;

  private static final List<Integer> CLASSES = List.of(1, 0, 2);

  private static GraphClassifier network(String name) {
    return ModelReader.openAny(Models.locateWithoutHome(name), Device.CPU);
  }

  private static Shape image(GraphClassifier network) {
    var input = network.card().input();
    return Shape.of(1, input.channels(), input.height(), input.width());
  }

  private static Tensor batch(Shape image) {
    Shape batch = image.with(0, CLASSES.size());
    return Tensor.of(new Rng(11).uniform((int) batch.elements(), -1.5, 1.5), batch.toArray());
  }

  private static Tensor classes() {
    return Tensor.of(CLASSES.stream().mapToLong(Integer::longValue).toArray(), CLASSES.size());
  }

  private static Tensor value(Map<String, Tensor> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static void close(Tensor found, Tensor expected) {
    close(found, expected, ROUNDING);
  }

  private static void close(Tensor found, Tensor expected, double rounding) {
    double largest = expected.abs().max().item();
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(largest).isPositive();
    assertThat(found.sub(expected).abs().max().item()).isLessThan(rounding * largest);
  }

  private static Objective objective(GraphObjective kind) {
    return switch (kind) {
      case LOGIT -> new Objective.Logit(CLASSES);
      case PROBABILITY -> new Objective.Probability(CLASSES);
      case CROSS_ENTROPY -> new Objective.CrossEntropy(CLASSES);
      case MARGIN -> new Objective.Margin(CLASSES);
      case DLR -> Loss.DLR.of(CLASSES);
      case TARGETED_DLR -> throw new IllegalArgumentException("of two classes");
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "digits",
        "digits-lenet",
        "digits-vgg",
        "digits-resnet",
        "digits-maxout",
        "digits-memory-n3",
        "digits-memory-n30",
        "aviary",
        "aviary-attention",
        "aviary-protopnet",
        "aviary-residual",
        "aviary-vit",
        "cifar10"
      })
  void agreeWithAutomaticDifferentiation(String name) {
    try (Scope scope = Scope.open()) {
      GraphClassifier network = network(name);
      Graph graph = network.graph();
      Shape image = image(network);
      String layer = network.defaultLayer().orElse(graph.input());
      List<String> places = List.of(graph.input(), layer);
      Set<GraphObjective> ofOneClass =
          EnumSet.complementOf(EnumSet.of(GraphObjective.TARGETED_DLR));
      for (GraphObjective kind : ofOneClass) {
        Tensor x = batch(image).leaf();
        Map<String, Tensor> all = graph.forwardAll(x, BackwardRules.STANDARD);
        Tensor logits = value(all, graph.output());
        Tensor values = objective(kind).values(Activations.ofLogits(logits));
        List<Tensor> expected =
            Gradients.of(
                values,
                places.stream().map(place -> value(all, place)).toList(),
                Gradients.Recording.KEEP);

        double rounding = kind == GraphObjective.PROBABILITY ? ROUNDING_OF_PROBABILITIES : ROUNDING;
        GradientGraph symbolic = GradientGraph.of(graph, image, kind, places);
        Map<String, Tensor> found = run(symbolic, batch(image), classes());
        close(value(found, symbolic.graph().output()), logits.detach());
        close(value(found, symbolic.values()).reshape(CLASSES.size()), values.detach());
        for (int i = 0; i < places.size(); i++) {
          close(value(found, symbolic.gradient(places.get(i))), expected.get(i), rounding);
        }
        Map<String, Tensor> single =
            run(symbolic, batch(image).narrow(0, 1, 1), classes().narrow(0, 1, 1));
        String gradient = symbolic.gradient(graph.input());
        close(value(single, gradient), value(found, gradient).narrow(0, 1, 1), rounding);
      }
    }
  }

  private static Map<String, Tensor> run(GradientGraph symbolic, Tensor x, Tensor target) {
    return symbolic
        .graph()
        .withConstants(Map.of(symbolic.target(), target))
        .forward(x, BackwardRules.STANDARD, Set.copyOf(symbolic.outputs()));
  }

  @Test
  void takeTheWeightsOfTheLogitsAsAnInput() {
    try (Scope scope = Scope.open()) {
      GraphClassifier network = network("digits");
      Graph graph = network.graph();
      Shape image = image(network);
      Tensor weights = Tensor.of(new Rng(2).uniform(30, -1, 1), 3, 10);
      Tensor x = batch(image).leaf();
      Tensor expected = Gradients.of(graph.forward(x).mul(weights).sum(), x);
      GradientGraph symbolic =
          GradientGraph.weighted(graph, image, GraphObjective.LOGIT, List.of(graph.input()));
      Map<String, Tensor> found = run(symbolic, batch(image), weights);
      close(value(found, symbolic.gradient(graph.input())), expected);
    }
  }

  @Test
  void nameThePlacesTheyBelongTo() {
    GraphClassifier network = network("digits");
    String layer = network.defaultLayer().orElseThrow();
    GradientGraph symbolic =
        GradientGraph.of(network.graph(), image(network), GraphObjective.LOGIT, List.of(layer));
    assertThat(symbolic.gradients()).containsExactlyEntriesOf(Map.of(layer, layer + ".gradient"));
    assertThat(symbolic.outputs())
        .containsExactly(network.graph().output(), "objective", layer + ".gradient");
  }
}
