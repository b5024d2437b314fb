package io.adversight.evaluation.explanation;

import io.adversight.attribution.Baseline;
import io.adversight.attribution.Variants;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletion and insertion: the score as pixels are deleted from the image, or inserted into an empty
 * one, the most important first (Petsiuk et al. 2018, section 4.1). A faithful map has a small area
 * under its deletion curve and a large one under its insertion curve.
 *
 * @param direction deletion or insertion
 * @param pixelsPerStep pixels changed between two points of the curve; 0 for a hundredth
 * @param empty what is there where a pixel is not
 */
@Doc("Deletion and insertion")
@Paper("petsiuk2018")
public record PixelCurve(
    @Doc("deletion or insertion") Direction direction,
    @Doc("pixels between two points; 0 for a hundredth of the image") int pixelsPerStep,
    @Doc("value of masked pixels") Baseline empty) {
  /** What happens to the most important pixels. */
  public enum Direction {
    /** They go first. */
    DELETION,
    /** They come first. */
    INSERTION
  }

  /** Checks the step. */
  public PixelCurve {
    Check.atLeast(0, pixelsPerStep, "pixelsPerStep");
  }

  /** The paper's deletion: to black. */
  public static PixelCurve deletion() {
    return new PixelCurve(Direction.DELETION, 0, Baseline.ZERO);
  }

  /** The paper's insertion: into a blurred image. */
  public static PixelCurve insertion() {
    return new PixelCurve(Direction.INSERTION, 0, Baseline.BLUR);
  }

  /** The area under each image's curve of probability, and the curve. */
  List<Faithfulness.Finding> areas(ExplainedBatch subject, Run run) {
    return curves(
            subject.classifier(), subject.pixels(), subject.maps(), subject.probability(), run)
        .stream()
        .map(curve -> new Faithfulness.Finding(curve.area(), Optional.of(curve)))
        .toList();
  }

  /**
   * The curve of each image.
   *
   * @param maps one per image, of its size; the first channel counts
   * @param score usually {@link Objective.Probability}
   */
  public List<Curve> curves(
      Classifier classifier, Tensor pixels, List<Raster> maps, Objective score, Run run) {
    PixelOrder.check(pixels, maps);
    int all = (int) (pixels.size(2) * pixels.size(3));
    int step = pixelsPerStep == 0 ? Math.max(1, (all + 99) / 100) : pixelsPerStep;
    int points = (all + step - 1) / step + 1;
    int images = maps.size();
    try (Scope scope = Scope.open()) {
      Tensor ranks = PixelOrder.ranks(maps, pixels);
      Tensor background = empty.of(pixels, run);
      double[] values =
          new Variants(classifier, score, images, run)
              .values(
                  points,
                  k -> {
                    Tensor first = ranks.lt(k * (double) step);
                    return direction == Direction.DELETION
                        ? first.choose(background, pixels)
                        : first.choose(pixels, background);
                  })
              .toDoubles();
      List<Curve> curves = new ArrayList<>();
      for (int i = 0; i < images; i++) {
        List<Double> shares = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        for (int k = 0; k < points; k++) {
          shares.add((double) Math.min(k * step, all) / all);
          own.add(values[k * images + i]);
        }
        curves.add(new Curve(shares, own));
      }
      return curves;
    }
  }
}
