package io.adversight.lab.response;

import io.adversight.attack.Adversarial;
import io.adversight.attack.problem.Goal;
import io.adversight.data.Labels;
import io.adversight.defense.Defense;
import io.adversight.image.Raster;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.Subject;
import io.adversight.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Evaluates an adversarial image after 8-bit quantization and behind a defense. */
final class UpdateChecks {
  private UpdateChecks() {}

  static boolean reached(PanelRequest request, Prediction after) {
    Goal goal =
        request.target().isPresent()
            ? new Goal.MisclassifyAs(List.of(request.target().getAsInt()))
            : new Goal.Misclassify();
    return goal.reached(0, request.label(), after.top());
  }

  static UpdateFields.Rounded rounded(PanelRequest request, Adversarial adversarial) {
    Prediction after =
        Subject.predict(request.classifier(), List.of(adversarial.changed().quantized())).get(0);
    return new UpdateFields.Rounded(
        ClassName.Predicted.top(after, request.classifier().labels()), reached(request, after));
  }

  static UpdateFields.@Nullable Defended defended(
      PanelRequest request, Adversarial adversarial, int top) {
    Optional<Defense> defense = request.defense();
    if (defense.isEmpty()) {
      return null;
    }
    Raster clean = defense.get().of(adversarial.original());
    Raster changed = defense.get().of(adversarial.changed());
    List<Prediction> predictions = Subject.predict(request.classifier(), List.of(clean, changed));
    Labels labels = request.classifier().labels();
    return new UpdateFields.Defended(
        ClassName.Predicted.top(predictions.get(0), labels),
        ClassName.Predicted.top(predictions.get(1), labels),
        reached(request, predictions.get(1)),
        ClassName.BeforeAfter.of(predictions.get(0), predictions.get(1), top, labels));
  }

  /** Caveats of a result. */
  static List<String> hints(
      PanelRequest request,
      Adversarial adversarial,
      UpdateFields.@Nullable Rounded rounded,
      UpdateFields.@Nullable Defended defended,
      LiveAttacks attacks,
      AtomicBoolean cancel) {
    List<String> hints = new ArrayList<>();
    if (adversarial.before().top() != request.label()) {
      hints.add("the network is wrong about the clean image already");
    }
    if (adversarial.norms().l0() == 0) {
      hints.add("nothing was changed");
    }
    if (rounded != null && adversarial.success() && !rounded.success()) {
      hints.add("the PNG is no longer adversarial: 8-bit quantization undoes the perturbation");
    }
    if (defended != null && adversarial.success() && !defended.success()) {
      hints.add("the defense undoes this attack, which did not know of it");
    }
    if (rounded != null && !adversarial.success()) {
      hints.add("the attack failed here");
      hints.addAll(attacks.findings(request, cancel));
    }
    return hints;
  }
}
