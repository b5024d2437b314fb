package io.adversight.lab.response;

import io.adversight.attack.Adversarial;
import io.adversight.attack.problem.Goal;
import io.adversight.data.Labels;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.Subject;
import io.adversight.lab.store.OpenNetwork;
import io.adversight.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Evaluates an adversarial image after 8-bit quantization and without the defences. */
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

  /** How gradients pass the defences, and what the network sees without them. */
  static UpdateFields.@Nullable Defended defended(PanelRequest request, Adversarial adversarial) {
    if (request.classifier().transform().isEmpty()) {
      return null;
    }
    List<Prediction> without =
        Subject.predict(request.network(), List.of(adversarial.original(), adversarial.changed()));
    Labels labels = request.network().labels();
    return new UpdateFields.Defended(
        request.isAdaptive(),
        request.isAdaptive()
            ? request.classifier().gradients()
            : "those of the network without the defence",
        request.classifier().isRandom(),
        ClassName.Predicted.top(without.get(0), labels),
        ClassName.Predicted.top(without.get(1), labels),
        reached(request, without.get(1)));
  }

  /** Which independent labels an attack turned on and off. */
  static UpdateFields.@Nullable LabelChange labels(PanelRequest request, Adversarial adversarial) {
    OpenNetwork opened = request.opened();
    if (opened.independent().isEmpty()) {
      return null;
    }
    int before = adversarial.before().top();
    int after = adversarial.after().top();
    return new UpdateFields.LabelChange(opened.onlyIn(after, before), opened.onlyIn(before, after));
  }

  /** Caveats of a result. */
  static List<String> hints(
      PanelRequest request,
      Adversarial adversarial,
      UpdateFields.@Nullable Rounded rounded,
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
    if (rounded != null && !adversarial.success()) {
      hints.add("the attack failed here");
      hints.addAll(attacks.findings(request, cancel));
    }
    return hints;
  }
}
