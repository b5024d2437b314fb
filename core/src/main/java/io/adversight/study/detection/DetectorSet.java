package io.adversight.study.detection;

import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.study.Algorithm;
import io.adversight.study.image.InputImage;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Detectors calibrated together on the same clean images.
 *
 * @param model the network whose images they look at
 * @param modelSha256 of its file; empty if unknown
 * @param falsePositiveRate the share of clean images that may be called adversarial
 * @param seed of the scores' randomness
 * @param calibrated the images the thresholds were found on
 * @param heldOut the clean images they were tried on
 * @param detectors the first is the one that judges, the others are there for comparison
 */
public record DetectorSet(
    String model,
    String modelSha256,
    double falsePositiveRate,
    long seed,
    List<String> calibrated,
    List<String> heldOut,
    List<CalibratedDetector> detectors) {
  /** Copies the lists. */
  public DetectorSet {
    calibrated = List.copyOf(calibrated);
    heldOut = List.copyOf(heldOut);
    detectors = List.copyOf(detectors);
    if (detectors.isEmpty()) {
      throw new IllegalArgumentException("a detector file needs at least one detector");
    }
  }

  /** Every score that some detector needs, each once. */
  public List<Algorithm> scores() {
    return detectors.stream()
        .flatMap(detector -> detector.parts().stream())
        .map(ScorePart::algorithm)
        .distinct()
        .toList();
  }

  /**
   * The detector of that name.
   *
   * @throws NoSuchElementException naming those there are
   */
  public CalibratedDetector detector(String name) {
    return detectors.stream()
        .filter(detector -> detector.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "there is no detector \"%s\"; there are %s"
                        .formatted(
                            name,
                            String.join(
                                ", ", detectors.stream().map(CalibratedDetector::name).toList()))));
  }

  /**
   * Fails unless a network is the one these detectors were calibrated for.
   *
   * @throws IllegalArgumentException if it is another
   */
  public void checkModel(String name, String sha256) {
    if (!modelSha256.equals(sha256)) {
      throw new InputException(
          "the detector was calibrated for %s (%s), but the network is %s (%s); calibrate one for it"
              .formatted(model, shortened(modelSha256), name, shortened(sha256)));
    }
  }

  /**
   * Fails if a threshold was found on one of the images.
   *
   * @throws IllegalArgumentException naming the first such image
   */
  public void checkHeldOut(List<InputImage> images) {
    for (InputImage image : images) {
      if (calibrated.contains(image.identity().content())) {
        throw new InputException(
            "%s is one of the images that the thresholds were found on; evaluate on others"
                .formatted(image.file()));
      }
    }
  }

  private static String shortened(String sha256) {
    return sha256.length() > 12 ? sha256.substring(0, 12) : sha256;
  }
}
