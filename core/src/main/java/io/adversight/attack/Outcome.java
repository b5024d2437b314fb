package io.adversight.attack;

import io.adversight.attack.Adversarial.Cost;
import io.adversight.attack.Adversarial.Norms;
import java.util.List;
import java.util.Optional;

/**
 * What became of one image under an attack, without its pixels: small enough to keep for every
 * image of a large set.
 *
 * @param image its number in the set
 * @param label its class
 * @param epsilon the size of the ball; NaN for an attack that looks for the nearest image
 * @param before the class predicted for the original
 * @param after the class predicted for the changed image
 * @param success whether the attack succeeded
 * @param rounded whether it is reached after rounding to 8 bit, where that was asked for
 * @param norms sizes of the perturbation
 * @param cost passes and iterations spent
 * @param causes why the attack may have failed, where that was asked for
 */
public record Outcome(
    int image,
    int label,
    double epsilon,
    int before,
    int after,
    boolean success,
    Optional<Boolean> rounded,
    Norms norms,
    Cost cost,
    List<Diagnosis.Cause> causes) {
  public Outcome {
    causes = List.copyOf(causes);
  }

  /** The outcome of a result. */
  public static Outcome of(Adversarial result) {
    return new Outcome(
        result.image(),
        result.label(),
        result.epsilon(),
        result.before().top(),
        result.after().top(),
        result.success(),
        result.rounded().map(prediction -> result.roundedSuccess()),
        result.norms(),
        result.cost(),
        result.diagnoses().stream().map(Diagnosis::cause).toList());
  }

  /** Whether the original is classified right. */
  public boolean isRight() {
    return before == label;
  }

  /** Whether the original is classified right and the attack failed. */
  public boolean isRobust() {
    return isRight() && !success;
  }

  /** This outcome under another number, at another cost. */
  public Outcome with(int number, Cost other) {
    return new Outcome(
        number, label, epsilon, before, after, success, rounded, norms, other, causes);
  }

  /** This outcome in a ball of another size. */
  public Outcome at(double size) {
    return new Outcome(image, label, size, before, after, success, rounded, norms, cost, causes);
  }

  /** An image that is classified wrong before any attack, so that none is made. */
  public static Outcome wrongBefore(int image, int label, int predicted) {
    return new Outcome(
        image,
        label,
        Double.NaN,
        predicted,
        predicted,
        true,
        Optional.empty(),
        new Norms(0, 0, 0, 0),
        Cost.NONE,
        List.of());
  }
}
