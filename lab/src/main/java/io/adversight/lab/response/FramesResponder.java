package io.adversight.lab.response;

import io.adversight.image.Perturbation;
import io.adversight.image.Raster;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.Subject;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.model.Trace;
import io.adversight.tensor.Scope;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The iterates of an iterative attack, evenly thinned. */
public final class FramesResponder implements Responder {
  private static final int USUAL = 60;
  private static final int MOST = 200;
  private static final long PAUSE_NANOS = 250_000_000;

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /**
   * The request.
   *
   * @param most number of images, null for 60
   * @param map a method whose heat map each image gets; null for none
   */
  record Parameters(
      PanelState state, @Nullable Integer most, CurvesResponder.@Nullable HeatmapChoice map) {}

  /** How far the attack has come before any image is shown. */
  record Working(boolean progress, int iteration) {}

  record Fields(
      int index,
      int iteration,
      @Nullable Double loss,
      ClassName.Predicted after,
      double probability,
      @Nullable Double targetProbability,
      boolean success,
      double gain) {}

  record Summary(int count, int iterations) {}

  public FramesResponder(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    Integer most = parameters.most();
    ThinnedTrajectory trajectory =
        new ThinnedTrajectory(most == null ? USUAL : Math.max(2, Math.min(MOST, most)));
    long[] shown = {System.nanoTime()};
    trajectory.add(request.subject().view(), Double.NaN);
    Raster end =
        attacks.watched(
            request,
            cancel,
            (image, loss) -> {
              trajectory.add(image.get(), loss);
              if (System.nanoTime() - shown[0] > PAUSE_NANOS) {
                shown[0] = System.nanoTime();
                frames.accept(Frame.part(new Working(true, trajectory.iterations()), List.of()));
              }
            });
    trajectory.end(end);
    List<ThinnedTrajectory.Step> steps = trajectory.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (cancel.get()) {
        throw new CancellationException("cancelled");
      }
      List<Blob> map =
          parameters.map() == null
              ? List.of()
              : List.of(map(parameters.map(), steps.get(i).image(), request, cancel));
      frames.accept(frame(i, steps.get(i), request, map));
    }
    frames.accept(Frame.last(new Summary(steps.size(), trajectory.iterations()), List.of()));
  }

  private static Blob map(
      CurvesResponder.HeatmapChoice choice,
      Raster image,
      PanelRequest request,
      AtomicBoolean cancel) {
    MapMethod method = MapMethod.of(choice.method());
    Integer explained = choice.explained();
    GraphClassifier classifier = request.classifier();
    try (Scope scope = Scope.open()) {
      Trace trace =
          classifier.trace(
              Batches.of(List.of(image)).to(classifier.device()), method.gradientsAt(classifier));
      int index = explained == null ? request.subject().prediction().top() : explained;
      Objective objective = new Objective.Logit(List.of(index));
      return Blob.values(
          "map", method.of(trace, image, objective, request.run().with(cancel)).map());
    }
  }

  private static Frame frame(
      int index, ThinnedTrajectory.Step step, PanelRequest request, List<Blob> map) {
    Prediction after = Subject.predict(request.classifier(), List.of(step.image())).get(0);
    Perturbation perturbation = Perturbation.between(request.subject().view(), step.image());
    return Frame.part(
        new Fields(
            index,
            step.iteration(),
            Finite.of(step.loss()),
            ClassName.Predicted.top(after, request.classifier().labels()),
            after.probability(request.label()),
            request.target().isPresent()
                ? (Double) after.probability(request.target().getAsInt())
                : null,
            UpdateChecks.reached(request, after),
            perturbation.gain()),
        Stream.concat(
                Stream.of(
                    Blob.image("adversarial", step.image()),
                    Blob.image("perturbation", perturbation.image())),
                map.stream())
            .toList());
  }
}
