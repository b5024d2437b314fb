package io.adversight.experiments.typeone;

import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much a network takes an image for one class.
 *
 * @param logOdds of the class, which order images as its probability does, without its saturation
 * @param decided whether the network predicts the class
 */
record Score(double logOdds, boolean decided) {
  /** The scores of images, (N, C, H, W). */
  static List<Score> of(Classifier network, Tensor images, int index) {
    return network.predict(images).stream()
        .map(prediction -> new Score(logOdds(prediction, index), prediction.top() == index))
        .toList();
  }

  /** z_c - log of the sum of exp(z) over all other classes. */
  private static double logOdds(Prediction prediction, int index) {
    double[] others =
        IntStream.range(0, prediction.logits().size())
            .filter(i -> i != index)
            .mapToDouble(prediction.logits()::get)
            .toArray();
    double largest = IntStream.range(0, others.length).mapToDouble(i -> others[i]).max().orElse(0);
    double sum = 0;
    for (double logit : others) {
      sum += Math.exp(logit - largest);
    }
    return prediction.logits().get(index) - largest - Math.log(sum);
  }

  /** Whether the class has a probability of one half or more. */
  boolean isLikely() {
    return logOdds >= 0;
  }

  ObjectNode toJson() {
    return Json.MAPPER.createObjectNode().put("logOdds", logOdds).put("decided", decided);
  }

  static Score read(JsonNode node) {
    return new Score(Json.number(node.path("logOdds")), node.path("decided").asBoolean());
  }
}
