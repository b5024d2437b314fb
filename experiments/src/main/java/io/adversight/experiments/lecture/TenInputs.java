package io.adversight.experiments.lecture;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.Labels;
import io.adversight.graph.Graph;
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
import io.adversight.training.Recipe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lecture's worked example: a linear classifier of ten inputs, each moved by 0.5. */
final class TenInputs {
  private static final float[] INPUTS = {2, -1, 3, -2, 2, 2, 1, -4, 5, 1};
  private static final float[] WEIGHTS = {-1, -1, 1, -1, 1, -1, 1, 1, -1, 1};
  private static final double MOVE = 0.5;

  private TenInputs() {}

  /** The class's score before and after FGSM on a network of one linear layer. */
  static List<Double> scores() {
    ModelCard card =
        ModelCard.of(
            "ten-inputs",
            "ten-inputs.onnx",
            new Input(1, 1, WEIGHTS.length),
            Preprocessing.none(ChannelOrder.GRAY),
            InputResize.stretch(),
            OutputKind.LOGITS,
            2,
            new LabelSource.Inline(List.of("other", "class 1")));
    Graph untrained =
        Recipe.named("digits-softmax").architecture().graph(card.input(), 2, new Rng(0));
    Map<String, Tensor> constants = new HashMap<>();
    untrained
        .constants()
        .forEach(
            (name, value) ->
                constants.put(
                    name, value.rank() == 2 ? weights() : Tensor.zeros(value.shape().toArray())));
    GraphClassifier network =
        new GraphClassifier(
            card, Labels.of(List.of("other", "class 1")), untrained.withConstants(constants));
    try (Scope scope = Scope.open()) {
      Tensor inputs = Tensor.of(INPUTS, 1, 1, 1, INPUTS.length);
      Problem problem = Problem.of(network, inputs, List.of(0)).with(Bounds.NONE);
      Adversarial result =
          Attacks.run(
                  new Fgsm(), problem, Norm.LINF, List.of(MOVE), Attacks.Rounding.SKIP, Run.of(1))
              .get(0);
      return List.of(result.before().logits().get(1), result.after().logits().get(1));
    }
  }

  /** Two rows: nothing for the other class, the lecture's weights for class 1. */
  private static Tensor weights() {
    float[] rows = new float[2 * WEIGHTS.length];
    System.arraycopy(WEIGHTS, 0, rows, WEIGHTS.length, WEIGHTS.length);
    return Tensor.of(rows, 2, WEIGHTS.length);
  }
}
