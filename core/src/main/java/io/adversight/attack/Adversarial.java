package io.adversight.attack;

import io.adversight.attack.problem.Norm;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.Psnr;
import io.adversight.metric.similarity.Ssim;
import io.adversight.model.Prediction;
import java.util.List;
import java.util.Optional;

/**
 * What an attack made of one image.
 *
 * @param image its place in the batch
 * @param label its class
 * @param epsilon the size of the ball; NaN for an attack that looks for the nearest image
 * @param original the image before, pixels in [0, 1]
 * @param changed the image after
 * @param before the prediction of the original
 * @param after the prediction of the changed image
 * @param success whether the attack succeeded
 * @param rounded the prediction after rounding to 8 bit, where it was asked for
 * @param roundedSuccess whether the 8-bit image succeeds; false if it was not requested
 * @param norms sizes of the perturbation
 * @param cost passes and iterations spent
 * @param diagnoses why it may have failed, where that was asked for
 */
public record Adversarial(
    int image,
    int label,
    double epsilon,
    Raster original,
    Raster changed,
    Prediction before,
    Prediction after,
    boolean success,
    Optional<Prediction> rounded,
    boolean roundedSuccess,
    Norms norms,
    Cost cost,
    List<Diagnosis> diagnoses) {
  public Adversarial {
    diagnoses = List.copyOf(diagnoses);
  }

  /**
   * The structural similarity of the two images (Wang et al. 2004), in [-1, 1]; NaN for images
   * smaller than its window of 11 pixels.
   */
  public double ssim() {
    Ssim ssim = new Ssim();
    int smallest = Math.min(original.height(), original.width());
    return smallest < ssim.window().size() ? Double.NaN : ssim.similarity(original, changed);
  }

  /** The peak signal-to-noise ratio of the two images in decibels; infinite if they are equal. */
  public double psnr() {
    return new Psnr().similarity(original, changed);
  }

  /**
   * Sizes of a perturbation.
   *
   * @param l0 number of changed values
   * @param l1 sum of absolute changes
   * @param l2 Euclidean length
   * @param linf largest absolute change
   */
  public record Norms(long l0, double l1, double l2, double linf) {
    /** The size in one norm. */
    public double of(Norm norm) {
      return switch (norm) {
        case L0 -> l0;
        case L1 -> l1;
        case L2 -> l2;
        case LINF -> linf;
      };
    }

    /** The norms of {@code changed - original}. */
    public static Norms between(Raster original, Raster changed) {
      float[] a = original.toArray();
      float[] b = changed.toArray();
      long l0 = 0;
      double l1 = 0;
      double square = 0;
      double linf = 0;
      for (int i = 0; i < a.length; i++) {
        double d = Math.abs((double) b[i] - a[i]);
        l0 += d > 0 ? 1 : 0;
        l1 += d;
        square += d * d;
        linf = Math.max(linf, d);
      }
      return new Norms(l0, l1, Math.sqrt(square), linf);
    }
  }

  /**
   * What was spent on one image.
   *
   * @param iterations steps of the attack
   * @param forwards forward passes, or queries of a black-box attack
   * @param backwards backward passes
   * @param seconds wall time of the batch divided by its images
   */
  public record Cost(int iterations, int forwards, int backwards, double seconds) {
    /** Nothing. */
    public static final Cost NONE = new Cost(0, 0, 0, 0);

    /** Both together. */
    public Cost plus(Cost other) {
      return new Cost(
          iterations + other.iterations,
          forwards + other.forwards,
          backwards + other.backwards,
          seconds + other.seconds);
    }
  }
}
