package io.adversight.lab.answer;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Goal;
import io.adversight.data.Labels;
import io.adversight.defense.Defense;
import io.adversight.image.Raster;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.Situation;
import io.adversight.lab.panel.Subject;
import io.adversight.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What becomes of a changed picture outside the attack: in a PNG, behind a defense. */
final class Judge {
  private Judge() {}

  static boolean reached(Situation situation, Prediction after) {
    Goal goal =
        situation.target().isPresent()
            ? new Goal.MisclassifyAs(List.of(situation.target().getAsInt()))
            : new Goal.Misclassify();
    return goal.reached(0, situation.label(), after.top());
  }

  static UpdateFields.Rounded rounded(Situation situation, Adversarial adversarial) {
    Prediction after =
        Subject.predict(situation.classifier(), List.of(adversarial.changed().quantized())).get(0);
    return new UpdateFields.Rounded(
        Named.Predicted.top(after, situation.classifier().labels()), reached(situation, after));
  }

  static UpdateFields.@Nullable Defended defended(
      Situation situation, Adversarial adversarial, int top) {
    Optional<Defense> defense = situation.defense();
    if (defense.isEmpty()) {
      return null;
    }
    Raster clean = defense.get().of(adversarial.original());
    Raster changed = defense.get().of(adversarial.changed());
    List<Prediction> predictions = Subject.predict(situation.classifier(), List.of(clean, changed));
    Labels labels = situation.classifier().labels();
    return new UpdateFields.Defended(
        Named.Predicted.top(predictions.get(0), labels),
        Named.Predicted.top(predictions.get(1), labels),
        reached(situation, predictions.get(1)),
        Named.BeforeAfter.of(predictions.get(0), predictions.get(1), top, labels));
  }

  /** What a careful reader should know. */
  static List<String> hints(
      Situation situation,
      Adversarial adversarial,
      UpdateFields.@Nullable Rounded rounded,
      UpdateFields.@Nullable Defended defended,
      LiveAttacks attacks,
      AtomicBoolean cancel) {
    List<String> hints = new ArrayList<>();
    if (adversarial.before().top() != situation.label()) {
      hints.add("the network is wrong about the clean picture already");
    }
    if (adversarial.norms().l0() == 0) {
      hints.add("nothing was changed");
    }
    if (rounded != null && adversarial.success() && !rounded.success()) {
      hints.add("the PNG is no longer adversarial: rounding to 8 bit undoes the change");
    }
    if (defended != null && adversarial.success() && !defended.success()) {
      hints.add("the defense undoes this attack, which did not know of it");
    }
    if (rounded != null && !adversarial.success()) {
      hints.add("the attack does not reach its goal here");
      hints.addAll(attacks.findings(situation, cancel));
    }
    return hints;
  }
}
