package io.adversight.lab.response;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.adversight.attack.Adversarial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All numbers of a changed image.
 *
 * @param classes the leading ones before and after
 * @param psnr null for equal images
 * @param gain by which the perturbation is shown
 * @param labels which independent labels the attack turned on and off; null where classes exclude
 *     each other
 * @param rounded what a PNG of the changed image is taken for; null while the slider moves
 * @param defended how the defences were attacked; null where there are none
 * @param hints what a careful reader should know
 */
public record UpdateFields(
    int width,
    int height,
    int channels,
    ClassName.Predicted before,
    ClassName.Predicted after,
    ClassName label,
    @Nullable ClassName target,
    boolean success,
    List<ClassName.BeforeAfter> classes,
    Norms norms,
    @Nullable Double ssim,
    @Nullable Double psnr,
    @Nullable Double gain,
    @Nullable LabelChange labels,
    @Nullable Rounded rounded,
    @Nullable Defended defended,
    Cost cost,
    List<String> hints,
    @Nullable Overlay overlay) {

  /** The norms of the perturbation. */
  public record Norms(long l0, double l1, double l2, double linf) {
    static Norms of(Adversarial.Norms norms) {
      return new Norms(norms.l0(), norms.l1(), norms.l2(), norms.linf());
    }
  }

  /** The names of independent labels that are on after the attack and were off before, or not. */
  public record LabelChange(List<String> on, List<String> off) {}

  /** The prediction after 8-bit quantization. */
  public record Rounded(ClassName.Predicted after, boolean success) {}

  /**
   * How the defences were attacked, and what the network alone makes of the same images.
   *
   * @param adaptive whether the attack knows the defences
   * @param gradients how those of the attack pass the defences
   * @param random whether the defences draw, so that all numbers are those of one draw
   * @param before what the network without defences sees in the clean image
   * @param after what it sees in the adversarial image
   * @param success whether the adversarial image fools it too
   */
  public record Defended(
      boolean adaptive,
      String gradients,
      boolean random,
      ClassName.Predicted before,
      ClassName.Predicted after,
      boolean success) {}

  /** The passes and the time that the attack took. */
  public record Cost(
      int iterations, int forwards, int backwards, boolean cachedGradient, double milliseconds) {}

  /** The heat map of the adversarial image. */
  public record Overlay(
      String method,
      @JsonProperty("class") ClassName explained,
      float min,
      float max,
      boolean allNegative) {}
}
