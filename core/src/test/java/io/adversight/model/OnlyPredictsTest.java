package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.Adversight;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A classifier whose classes do not exclude each other, made without a file. */
class OnlyPredictsTest {
  private static GraphClassifier multiLabel() {
    GraphClassifier digits = (GraphClassifier) Adversight.open("digits").classifier();
    ModelCard card =
        ModelCard.parse(
            digits.card().toJson().replaceFirst("\"logits\"", "\"sigmoid-logits\""), "test");
    return new GraphClassifier(card, digits.labels(), digits.graph());
  }

  @Test
  void isAskedForPredictionsOnly() {
    GraphClassifier classifier = multiLabel();
    Model model = Model.of(classifier);
    Image image = new Image(Raster.generate(1, 28, 28, (c, y, x) -> x / 28.0));
    assertThat(model.predict(image).top(3)).hasSize(3);
    String reason =
        "digits: the network gives a probability for each class on its own (sigmoids); only predict"
            + " and layers take such a network: everything else needs classes that exclude each"
            + " other";
    assertThatThrownBy(() -> model.attack(new Fgsm(), image, new Ball(Norm.LINF, 0.1)))
        .isInstanceOf(InputException.class)
        .hasMessage(reason);
    assertThatThrownBy(() -> model.explain(new Gradient(), image))
        .isInstanceOf(InputException.class)
        .hasMessage(reason);
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(image.raster()));
      Objective objective = new Objective.Logit(List.of(0));
      assertThatThrownBy(
              () ->
                  Attributions.run(
                      List.of(new Gradient()), classifier, pixels, objective, Run.of(1)))
          .isInstanceOf(InputException.class)
          .hasMessage(reason);
    }
  }
}
