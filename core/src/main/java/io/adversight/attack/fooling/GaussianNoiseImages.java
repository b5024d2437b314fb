package io.adversight.attack.fooling;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.Input;
import io.adversight.run.Checkpoint;
import io.adversight.run.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * A baseline: normal noise, whatever the class; its confidence is what a network says of nothing.
 *
 * @param mean of the noise
 * @param deviation standard deviation of the noise
 */
@Doc("Images of Gaussian noise")
public record GaussianNoiseImages(
    @Doc("mean of the noise") double mean, @Doc("standard deviation of the noise") double deviation)
    implements ImageGenerator {
  /** Around grey, with a quarter of the range. */
  public GaussianNoiseImages() {
    this(0.5, 0.25);
  }

  public GaussianNoiseImages {
    Check.within(0.0, 1.0, mean, "mean");
    Check.positive(deviation, "deviation");
  }

  @Override
  public List<FoolingImage> generate(
      Classifier classifier, List<Integer> classes, Checkpoint checkpoint, Run run) {
    Input input = classifier.card().input();
    int values = input.channels() * input.height() * input.width();
    List<Raster> images = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      float[] noise = run.rng(0).split(i).normal(values);
      for (int k = 0; k < values; k++) {
        noise[k] = (float) Math.max(0, Math.min(1, mean + deviation * noise[k]));
      }
      images.add(Raster.of(input.channels(), input.height(), input.width(), noise));
    }
    return FoolingImage.of(classifier, images, classes, run);
  }
}
