package io.adversight.lab.response;

import io.adversight.attack.Attacks;
import io.adversight.attack.problem.Problem;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.Subject;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * ROC curves of "is it a c" for the class c of a digit: clean, and with the images of c changed by
 * the attack (a Type II attack: the image stays a c, the prediction does not).
 */
public final class RocResponder implements Responder {
  private final PanelRequests requests;

  record Parameters(PanelState state) {}

  /**
   * The curves.
   *
   * @param positives how many images show the class
   * @param negatives how many show other digits
   */
  record Fields(
      ClassName positive,
      int positives,
      int negatives,
      RocDigits.Rates clean,
      RocDigits.Rates typeTwo) {}

  public RocResponder(PanelRequests requests) {
    this.requests = requests;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    PanelRequest request = requests.of(Json.read(message, Parameters.class).state());
    RocDigits digits = RocDigits.of(request);
    GraphClassifier network = request.classifier();
    List<Prediction> negatives = Subject.predict(network, digits.negatives());
    frames.accept(
        Frame.last(
            new Fields(
                ClassName.of(digits.positive(), network.labels()),
                digits.positives().size(),
                digits.negatives().size(),
                digits.rates(Subject.predict(network, digits.positives()), negatives),
                digits.rates(attacked(request, digits, cancel), negatives)),
            List.of()));
  }

  private static List<Prediction> attacked(
      PanelRequest request, RocDigits digits, AtomicBoolean cancel) {
    GraphClassifier network = request.classifier();
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(digits.positives()).to(network.device());
      List<Integer> labels = Collections.nCopies(digits.positives().size(), digits.positive());
      Problem problem = Problem.of(network, pixels, labels);
      Run run = Run.of(new Rng(request.seed()), digits.positives()).with(cancel);
      return network.predict(
          Attacks.changed(request.attack(), problem, request.norm(), request.epsilon(), run));
    }
  }
}
