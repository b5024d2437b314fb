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
 * @param rounded what a PNG of the changed image is taken for; null while the slider moves
 * @param defended what is seen through the defense; null where there is none
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

  /** The prediction after 8-bit quantization. */
  public record Rounded(ClassName.Predicted after, boolean success) {}

  /** The predictions behind the defense. */
  public record Defended(
      ClassName.Predicted before,
      ClassName.Predicted after,
      boolean success,
      List<ClassName.BeforeAfter> classes) {}

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
