package io.adversight.lab.response;

import io.adversight.attack.latent.Generators;
import io.adversight.attack.latent.LatentWalk;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attribution;
import io.adversight.catalog.Kind;
import io.adversight.evaluation.robustness.OraclePanel;
import io.adversight.evaluation.robustness.WalkObserver;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.Subject;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A digit on its way to another one along the code of an auto-encoder, and what network and oracles
 * see in it; beside it, other images of its class walk in the same way, and take the place of
 * images of the digits that the oracles see in them (Type I attacks on the ROC curve).
 */
public final class WalkResponder implements Responder {
  private static final List<String> ORACLES =
      List.of("digits-lenet", "digits-vgg", "digits-resnet");

  /** Judges in the place of an oracle that is the attacked network. */
  private static final String SUBSTITUTE = "digits";

  private final PanelRequests requests;
  private final ModelStore models;

  /**
   * The request.
   *
   * @param target what the image shall show
   * @param kept whether the network is to keep its prediction (a Type I attack), or is ignored (a
   *     transition)
   */
  record Parameters(PanelState state, int target, boolean kept) {
    Parameters {
      if (state == null) {
        throw new InputException("a request needs a state");
      }
    }
  }

  public WalkResponder(PanelRequests requests, ModelStore models) {
    this.requests = requests;
    this.models = models;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    RocDigits digits = RocDigits.of(request);
    checkTarget(parameters.target(), request);
    GraphClassifier network = request.classifier();
    List<String> names =
        ORACLES.stream()
            .map(name -> name.equals(parameters.state().model()) ? SUBSTITUTE : name)
            .toList();
    List<Classifier> oracles = names.stream().<Classifier>map(models::open).toList();
    WalkObserver observer =
        new WalkObserver(
            Generators.open(Generators.OF_DIGITS, network),
            network,
            new OraclePanel(oracles),
            explanation(network));
    List<Prediction> ofPositives = Subject.predict(network, digits.positives());
    List<Raster> walking = new ArrayList<>(List.of(request.subject().view()));
    List<Integer> targets = new ArrayList<>(List.of(parameters.target()));
    List<Raster> sources = sources(digits, ofPositives);
    for (int i = 0; i < digits.negatives().size(); i++) {
      walking.add(sources.get(i % sources.size()));
      targets.add(digits.digits().get(i));
    }
    LatentWalk walk = parameters.kept() ? LatentWalk.keeping() : LatentWalk.free();
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(walking).to(network.device());
      List<Integer> labels = Collections.nCopies(walking.size(), digits.positive());
      Problem problem = Problem.of(network, pixels, labels);
      Run run = Run.of(walking.size()).with(cancel);
      walk.run(
          observer.model(),
          problem,
          targets,
          run,
          new WalkFrames(
              observer,
              names,
              digits,
              targets,
              ofPositives,
              Subject.predict(network, digits.negatives()),
              pixels,
              walk.steps(),
              frame -> {
                run.checkCancelled();
                frames.accept(frame);
              }));
    }
  }

  /** Images of the class that the network has right, or all if there is none. */
  private static List<Raster> sources(RocDigits digits, List<Prediction> predictions) {
    List<Raster> right = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      if (predictions.get(i).top() == digits.positive()) {
        right.add(digits.positives().get(i));
      }
    }
    return right.isEmpty() ? digits.positives() : right;
  }

  private static void checkTarget(int target, PanelRequest request) {
    int classes = request.classifier().card().classes();
    if (target < 0 || target >= classes || target == request.label()) {
      throw new InputException(
          "target must be one of the classes 0 to %s other than that of the image, %s, but was %s"
              .formatted(classes - 1, request.label(), target));
    }
  }

  /** Class activation maps, of the gradient where the network has no global mean. */
  private static Attribution explanation(GraphClassifier network) {
    Attribution cam = AlgorithmChoice.of("cam").create(Attribution.class, Kind.ATTRIBUTION);
    try {
      cam.gradientsAt(network);
      return cam;
    } catch (IllegalArgumentException e) {
      return AlgorithmChoice.of("grad-cam").create(Attribution.class, Kind.ATTRIBUTION);
    }
  }
}
