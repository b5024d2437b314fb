package io.adversight.visualization.parameterization;

import io.adversight.describe.Check;
import io.adversight.model.Classifier;
import io.adversight.model.Input;

/**
 * The images that are made together, and the network they are made for.
 *
 * @param classifier the network
 * @param count how many images
 * @param height rows of each
 * @param width columns of each
 */
public record ImageBatch(Classifier classifier, int count, int height, int width) {
  /** The longest side of an image that is made. */
  public static final int LARGEST = 4096;

  public ImageBatch {
    Check.within(1, 1024, count, "images");
    Check.within(8, LARGEST, height, "height");
    Check.within(8, LARGEST, width, "width");
  }

  /** Images of the network's own size. */
  public static ImageBatch of(Classifier classifier, int count) {
    Input input = classifier.card().input();
    return new ImageBatch(classifier, count, input.height(), input.width());
  }

  /** Channels of each image. */
  public int channels() {
    return classifier.card().input().channels();
  }
}
