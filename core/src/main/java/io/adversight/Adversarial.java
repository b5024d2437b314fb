package io.adversight;

import io.adversight.attack.problem.Norm;
import io.adversight.data.Labels;
import io.adversight.image.Perturbation;
import java.util.Locale;

/**
 * What an attack made of one image.
 *
 * <pre>{@code
 * Adversarial found = model.attack(new Pgd(), photo, 8 / 255.0);
 * System.out.println(found); // robin 98.2 % -> jay 77.0 %, success, Linf 0.0314
 * }</pre>
 *
 * @param details everything the attack reports: norms, cost, diagnoses of failures
 * @param labels the names of the classes
 */
public record Adversarial(io.adversight.attack.Adversarial details, Labels labels) {
  /** The image before the attack, at the network's input size. */
  public Image original() {
    return new Image(details.original());
  }

  /** The image after the attack, at the network's input size; not rounded to 8 bits. */
  public Image image() {
    return new Image(details.changed());
  }

  /** The change made visible: mid grey where nothing changed, scaled so that nothing is clipped. */
  public Image perturbation() {
    return new Image(Perturbation.between(details.original(), details.changed()).image());
  }

  /** The prediction before the attack. */
  public Prediction before() {
    return new Prediction(details.before(), labels);
  }

  /** The prediction after the attack. */
  public Prediction after() {
    return new Prediction(details.after(), labels);
  }

  /** Whether the predicted class changed, or became the target where one was given. */
  public boolean success() {
    return details.success();
  }

  /** Whether the attack still succeeds after 8-bit quantization, as in a PNG file. */
  public boolean successAfterQuantization() {
    return details.roundedSuccess();
  }

  /** The size of the perturbation in a norm, pixels in [0, 1]; for L0 the changed values. */
  public double size(Norm norm) {
    return details.norms().of(norm);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s -> %s, %s, Linf %.4f",
        before(),
        after(),
        success() ? "success" : "failed",
        size(Norm.LINF));
  }
}
