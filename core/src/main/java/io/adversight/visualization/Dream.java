package io.adversight.visualization;

import io.adversight.describe.Check;
import io.adversight.image.Interpolation;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.FrameListener;
import io.adversight.run.Run;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.parameterization.InitialImage;
import io.adversight.visualization.transformation.Jitter;
import java.util.List;

/**
 * DeepDream (Mordvintsev et al. 2015): an image is changed so that what a layer sees in it becomes
 * stronger, first on a small copy, then on larger ones; what the copies lost in sharpness is put
 * back.
 *
 * @param octaves how many sizes
 * @param ratio between two sizes
 * @param steps of normalised gradient ascent at each size
 * @param rate length of a step
 * @param jitter largest shift before each step
 */
public record Dream(int octaves, double ratio, int steps, double rate, int jitter) {
  private static final int SMALLEST = 32;

  /** Four octaves of ratio 1.4, ten steps of 0.012 each, shifts up to 16 pixels. */
  public Dream() {
    this(4, 1.4, 10, 0.012, 16);
  }

  public Dream {
    Check.within(1, 16, octaves, "octaves");
    Check.within(1.01, 4.0, ratio, "ratio");
    Check.atLeast(1, steps, "steps");
    Check.positive(rate, "rate");
    Check.atLeast(0, jitter, "jitter");
  }

  /**
   * The dreamt image, in the image's size.
   *
   * @param objective read off layers, not logits, where the image is not of the network's size
   * @param run of size 1
   */
  public Raster of(Raster image, Classifier classifier, Objective objective, Run run) {
    Raster dream = image;
    Raster before = image;
    int done = 0;
    for (int octave = octaves - 1; octave >= 0; octave--) {
      double scale = Math.pow(ratio, -octave);
      int height = Math.max(SMALLEST, (int) Math.rint(image.height() * scale));
      int width = Math.max(SMALLEST, (int) Math.rint(image.width() * scale));
      Raster original = sized(image, height, width);
      // what was dreamt so far, enlarged, on this size's own details
      Raster start = sum(original, sized(dream, height, width), sized(before, height, width));
      dream = octave(start, classifier, objective, run, done);
      before = original;
      done += steps;
    }
    return dream;
  }

  private Raster octave(
      Raster start, Classifier classifier, Objective objective, Run run, int done) {
    FeatureVisualization way =
        new FeatureVisualization(
            new InitialImage(start),
            List.of(new Jitter(jitter)),
            List.of(),
            new GradientAscent(rate, 0, true),
            steps,
            true);
    Run own =
        run.split(done)
            .with(
                (made, total, what) ->
                    run.report((long) done + made, (long) octaves * steps, "steps"))
            .with((FrameListener) (images, loss) -> run.step(images, loss));
    ImageBatch batch = new ImageBatch(classifier, 1, start.height(), start.width());
    return way.of(objective, batch, own).get(0).image();
  }

  private static Raster sized(Raster raster, int height, int width) {
    return raster.height() == height && raster.width() == width
        ? raster
        : RasterResize.to(raster, height, width, Interpolation.ANTIALIASED);
  }

  private static Raster sum(Raster original, Raster dream, Raster before) {
    return Raster.generate(
        original.channels(),
        original.height(),
        original.width(),
        (c, y, x) ->
            Math.max(
                0, Math.min(1, original.at(c, y, x) + dream.at(c, y, x) - before.at(c, y, x))));
  }
}
