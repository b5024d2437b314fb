package io.adversight.lab.response;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.adversight.attack.Adversarial;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Heatmap;
import io.adversight.catalog.Kind;
import io.adversight.data.Labels;
import io.adversight.image.Perturbation;
import io.adversight.image.Raster;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.AttackResult;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.RequestedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The live image: what the attack makes of it at this epsilon, with all numbers at once. */
public final class UpdateResponder implements Responder {
  private static final List<String> IMAGES = List.of("clean", "adversarial", "perturbation");
  private static final int TOP = 5;
  private static final int TOP_AT_MOST = 1000;

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /**
   * The request.
   *
   * @param resting whether the slider rests, so that there is time for the 8-bit check
   * @param images those to be sent; null for all
   * @param top how many leading classes are listed; null for 5
   * @param overlay a heat map of the changed image from the same pass; null for none
   */
  record Parameters(
      PanelState state,
      @Nullable Boolean resting,
      @Nullable List<String> images,
      @Nullable Integer top,
      @Nullable HeatmapChoice overlay) {}

  /**
   * A requested heat map.
   *
   * @param explained the class; null for the one that the clean image is taken for
   */
  record HeatmapChoice(
      AlgorithmChoice method, @JsonProperty("class") @Nullable Integer explained) {}

  public UpdateResponder(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    long start = System.nanoTime();
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    Optional<RequestedMap> overlay = overlay(parameters.overlay(), request);
    AttackResult found =
        overlay.isPresent()
            ? attacks.attack(request, overlay, cancel)
            : attacks.find(request, cancel);
    frames.accept(frame(parameters, request, overlay, found, start, cancel));
  }

  private static Optional<RequestedMap> overlay(
      @Nullable HeatmapChoice choice, PanelRequest request) {
    if (choice == null) {
      return Optional.empty();
    }
    Integer explained = choice.explained();
    return Optional.of(
        new RequestedMap(
            choice.method(),
            choice.method().create(Attribution.class, Kind.ATTRIBUTION),
            explained == null ? request.subject().prediction().top() : explained));
  }

  private Frame frame(
      Parameters parameters,
      PanelRequest request,
      Optional<RequestedMap> overlay,
      AttackResult found,
      long start,
      AtomicBoolean cancel) {
    Adversarial adversarial = found.adversarial();
    Raster original = adversarial.original();
    Labels labels = request.classifier().labels();
    List<String> wanted = parameters.images() == null ? IMAGES : parameters.images();
    int top = parameters.top() == null ? TOP : Math.max(1, Math.min(TOP_AT_MOST, parameters.top()));
    boolean resting = Boolean.TRUE.equals(parameters.resting());
    List<Blob> blobs = new ArrayList<>();
    Double gain = null;
    if (wanted.contains("clean")) {
      blobs.add(Blob.image("clean", original));
    }
    if (wanted.contains("adversarial")) {
      blobs.add(Blob.image("adversarial", adversarial.changed()));
    }
    if (wanted.contains("perturbation")) {
      Perturbation perturbation = Perturbation.between(original, adversarial.changed());
      gain = perturbation.gain();
      blobs.add(Blob.image("perturbation", perturbation.image()));
    }
    UpdateFields.Overlay overlaid = null;
    if (overlay.isPresent() && found.heatmap().isPresent()) {
      Heatmap heatmap = found.heatmap().get();
      blobs.add(Blob.values("overlay", heatmap.map()));
      overlaid =
          new UpdateFields.Overlay(
              overlay.get().choice().id(),
              ClassName.of(overlay.get().explained(), labels),
              heatmap.map().min(),
              heatmap.map().max(),
              heatmap.isAllNegative());
    }
    UpdateFields.Rounded rounded = resting ? UpdateChecks.rounded(request, adversarial) : null;
    UpdateFields.Defended defended = UpdateChecks.defended(request, adversarial);
    List<String> hints = UpdateChecks.hints(request, adversarial, rounded, attacks, cancel);
    UpdateFields fields =
        new UpdateFields(
            original.width(),
            original.height(),
            original.channels(),
            ClassName.Predicted.top(adversarial.before(), labels),
            ClassName.Predicted.top(adversarial.after(), labels),
            ClassName.of(request.label(), labels),
            request.target().isPresent() ? ClassName.of(request.target().getAsInt(), labels) : null,
            adversarial.success(),
            ClassName.BeforeAfter.of(adversarial.before(), adversarial.after(), top, labels),
            UpdateFields.Norms.of(adversarial.norms()),
            Finite.of(adversarial.ssim()),
            Finite.of(adversarial.psnr()),
            gain,
            UpdateChecks.labels(request, adversarial),
            rounded,
            defended,
            new UpdateFields.Cost(
                adversarial.cost().iterations(),
                adversarial.cost().forwards(),
                adversarial.cost().backwards(),
                found.cachedGradient(),
                (System.nanoTime() - start) / 1e6),
            hints,
            overlaid);
    return Frame.last(fields, blobs);
  }
}
