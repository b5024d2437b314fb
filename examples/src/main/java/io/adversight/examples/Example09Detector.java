package io.adversight.examples;

import io.adversight.Adversarial;
import io.adversight.Adversight;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.evaluation.detection.Detector;
import io.adversight.evaluation.detection.FeatureSqueezing;
import io.adversight.evaluation.detection.ImageSet;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Detects adversarial digits by feature squeezing, with the full API beneath the model.
 *
 * <p>You will see the threshold that one clean digit in ten exceeds, and how many adversarial ones
 * exceed it. The attack does not know of the detector; one that does would evade it.
 *
 * <pre>{@code
 * threshold 0.184
 * 20 of 20 adversarial digits are detected
 * }</pre>
 */
public final class Example09Detector {
  private static final long SEED = 0;

  private Example09Detector() {}

  /** Runs the example. */
  public static void main(String... arguments) {
    try (Model model = Adversight.open("digits")) {
      Classifier classifier = model.classifier();
      DataSet data = Adversight.data("drawn-digits");
      List<Raster> clean = IntStream.range(0, 40).mapToObj(data::image).toList();
      Detector detector =
          Detector.calibrate(
              new FeatureSqueezing(1, 2), ImageSet.clean(classifier, clean, SEED), 0.1);

      List<Image> others = IntStream.range(40, 60).mapToObj(i -> new Image(data.image(i))).toList();
      List<Raster> attacked =
          model.attack(new Pgd(), others, new Ball(Norm.LINF, 0.2)).stream()
              .filter(Adversarial::success)
              .map(found -> found.image().raster())
              .toList();
      List<Double> scores = ImageSet.clean(classifier, attacked, SEED).scores(detector.score());
      System.out.printf("threshold %.3f%n", detector.threshold());
      System.out.printf(
          "%d of %d adversarial digits are detected%n",
          scores.stream().filter(score -> score > detector.threshold()).count(), scores.size());
    }
  }
}
