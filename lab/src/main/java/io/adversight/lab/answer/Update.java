package io.adversight.lab.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.adversight.attack.Adversarial;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Heatmap;
import io.adversight.catalog.Kind;
import io.adversight.data.Labels;
import io.adversight.image.Perturbation;
import io.adversight.image.Raster;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Answer;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.panel.Choice;
import io.adversight.lab.panel.Found;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.Overlaid;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.Situation;
import io.adversight.lab.panel.Situations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The live picture: what the attack makes of it at this epsilon, with all numbers at once. */
public final class Update implements Answer {
  private static final List<String> PICTURES = List.of("clean", "adversarial", "perturbation");
  private static final int TOP = 5;
  private static final int TOP_AT_MOST = 50;

  private final Situations situations;
  private final LiveAttacks attacks;

  /**
   * What is asked.
   *
   * @param resting whether the slider rests, so that there is time for the 8-bit check
   * @param pictures those to be sent; null for all
   * @param top how many leading classes are listed; null for 5
   * @param overlay a heat map of the changed picture from the same pass; null for none
   */
  record Asked(
      PanelState state,
      @Nullable Boolean resting,
      @Nullable List<String> pictures,
      @Nullable Integer top,
      @Nullable Wish overlay) {}

  /**
   * A heat map that is asked.
   *
   * @param explained the class; null for the one that the clean picture is taken for
   */
  record Wish(Choice method, @JsonProperty("class") @Nullable Integer explained) {}

  public Update(Situations situations, LiveAttacks attacks) {
    this.situations = situations;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode question, Consumer<Frame> frames, AtomicBoolean cancel) {
    long start = System.nanoTime();
    Asked asked = Json.read(question, Asked.class);
    Situation situation = situations.of(asked.state());
    Optional<Overlaid> overlay = overlay(asked.overlay(), situation);
    Found found =
        overlay.isPresent()
            ? attacks.attack(situation, overlay, cancel)
            : attacks.find(situation, cancel);
    frames.accept(frame(asked, situation, overlay, found, start, cancel));
  }

  private static Optional<Overlaid> overlay(@Nullable Wish wish, Situation situation) {
    if (wish == null) {
      return Optional.empty();
    }
    Integer explained = wish.explained();
    return Optional.of(
        new Overlaid(
            wish.method(),
            wish.method().create(Attribution.class, Kind.ATTRIBUTION),
            explained == null ? situation.subject().prediction().top() : explained));
  }

  private Frame frame(
      Asked asked,
      Situation situation,
      Optional<Overlaid> overlay,
      Found found,
      long start,
      AtomicBoolean cancel) {
    Adversarial adversarial = found.adversarial();
    Raster original = adversarial.original();
    Labels labels = situation.classifier().labels();
    List<String> wanted = asked.pictures() == null ? PICTURES : asked.pictures();
    int top = asked.top() == null ? TOP : Math.max(1, Math.min(TOP_AT_MOST, asked.top()));
    boolean resting = Boolean.TRUE.equals(asked.resting());
    List<Blob> blobs = new ArrayList<>();
    Double gain = null;
    if (wanted.contains("clean")) {
      blobs.add(Blob.picture("clean", original));
    }
    if (wanted.contains("adversarial")) {
      blobs.add(Blob.picture("adversarial", adversarial.changed()));
    }
    if (wanted.contains("perturbation")) {
      Perturbation perturbation = Perturbation.between(original, adversarial.changed());
      gain = perturbation.gain();
      blobs.add(Blob.picture("perturbation", perturbation.picture()));
    }
    UpdateFields.Overlay overlaid = null;
    if (overlay.isPresent() && found.heatmap().isPresent()) {
      Heatmap heatmap = found.heatmap().get();
      blobs.add(Blob.values("overlay", heatmap.map()));
      overlaid =
          new UpdateFields.Overlay(
              overlay.get().choice().id(),
              Named.of(overlay.get().explained(), labels),
              heatmap.map().min(),
              heatmap.map().max(),
              heatmap.isAllNegative());
    }
    UpdateFields.Rounded rounded = resting ? Judge.rounded(situation, adversarial) : null;
    UpdateFields.Defended defended = Judge.defended(situation, adversarial, top);
    List<String> hints = Judge.hints(situation, adversarial, rounded, defended, attacks, cancel);
    UpdateFields fields =
        new UpdateFields(
            original.width(),
            original.height(),
            original.channels(),
            Named.Predicted.top(adversarial.before(), labels),
            Named.Predicted.top(adversarial.after(), labels),
            Named.of(situation.label(), labels),
            situation.target().isPresent() ? Named.of(situation.target().getAsInt(), labels) : null,
            adversarial.success(),
            Named.BeforeAfter.of(adversarial.before(), adversarial.after(), top, labels),
            UpdateFields.Norms.of(adversarial.norms()),
            Finite.of(adversarial.ssim()),
            Finite.of(adversarial.psnr()),
            gain,
            rounded,
            defended,
            new UpdateFields.Cost(
                adversarial.cost().iterations(),
                adversarial.cost().forwards(),
                adversarial.cost().backwards(),
                found.knownSlope(),
                (System.nanoTime() - start) / 1e6),
            hints,
            overlaid);
    return Frame.last(fields, blobs);
  }
}
