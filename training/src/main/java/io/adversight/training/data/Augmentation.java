package io.adversight.training.data;

import io.adversight.describe.Check;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.SplittableRandom;

/**
 * Random changes to a training image that leave its class as it is. What was outside the image is
 * black. Parameters of 0 change nothing; without rotation, scale and shear, shifts are whole
 * pixels, which is the usual padding and cropping.
 *
 * @param shift largest shift of rows and of columns, pixels
 * @param rotation largest angle, degrees
 * @param scale largest relative change of size, of rows and of columns on their own
 * @param shear largest shear along rows, as a slope
 * @param flip whether left and right are swapped half of the time
 */
public record Augmentation(
    double shift, double rotation, double scale, double shear, boolean flip) {
  /** No change at all. */
  public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, false);

  public Augmentation {
    Check.atLeast(0.0, shift, "shift");
    Check.within(0.0, 180.0, rotation, "rotation");
    Check.within(0.0, 0.9, scale, "scale");
    Check.within(0.0, 2.0, shear, "shear");
  }

  /**
   * Writes a changed {@code image} to {@code target} from {@code offset}.
   *
   * @param rng the image's own source of randomness in this epoch
   */
  void apply(float[] image, Input input, Rng rng, float[] target, int offset) {
    if (equals(NONE)) {
      System.arraycopy(image, 0, target, offset, image.length);
      return;
    }
    SplittableRandom random = rng.generator();
    boolean whole = rotation == 0 && scale == 0 && shear == 0;
    double dy = between(random, shift);
    double dx = between(random, shift);
    double angle = Math.toRadians(between(random, rotation));
    double growY = 1 + between(random, scale);
    double growX = 1 + between(random, scale);
    double slant = between(random, shear);
    double mirror = flip && random.nextBoolean() ? -1 : 1;
    // Where a target pixel comes from: the source, seen from the centre, is M (p - shift).
    double yy = Math.cos(angle) / growY;
    double yx = Math.sin(angle) / growY;
    double xy = -Math.sin(angle) / growX + slant;
    double xx = Math.cos(angle) / growX;
    double shiftY = whole ? Math.rint(dy) : dy;
    double shiftX = whole ? Math.rint(dx) : dx;
    double middleY = (input.height() - 1) / 2.0;
    double middleX = (input.width() - 1) / 2.0;
    int plane = input.height() * input.width();
    int at = offset;
    for (int c = 0; c < input.channels(); c++) {
      for (int y = 0; y < input.height(); y++) {
        for (int x = 0; x < input.width(); x++) {
          double py = y - middleY - shiftY;
          double px = mirror * (x - middleX - shiftX);
          double sy = yy * py + yx * px + middleY;
          double sx = xy * py + xx * px + middleX;
          target[at++] = sample(image, c * plane, input.height(), input.width(), sy, sx);
        }
      }
    }
  }

  private static double between(SplittableRandom random, double limit) {
    return (2 * random.nextDouble() - 1) * limit;
  }

  /** Bilinear interpolation; pixels outside are 0. */
  private static float sample(float[] image, int plane, int height, int width, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    if (top < -1 || left < -1 || top >= height || left >= width) {
      return 0;
    }
    double fy = y - top;
    double fx = x - left;
    double sum = 0;
    for (int j = 0; j < 2; j++) {
      for (int i = 0; i < 2; i++) {
        int row = top + j;
        int column = left + i;
        if (row >= 0 && row < height && column >= 0 && column < width) {
          double weight = (j == 0 ? 1 - fy : fy) * (i == 0 ? 1 - fx : fx);
          sum += weight * image[plane + row * width + column];
        }
      }
    }
    return (float) sum;
  }
}
