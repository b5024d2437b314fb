package io.adversight.attack.universal;

import io.adversight.attack.problem.Bounds;
import io.adversight.describe.Check;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A round sticker that is put somewhere on an image, in some size, turned by some angle.
 *
 * @param content a square image; what lies outside its inner circle does not show
 * @param smallest diameter as a share of the image's shorter side
 * @param largest diameter as a share of the image's shorter side
 * @param turn largest angle to either side, in degrees
 */
public record Patch(Raster content, double smallest, double largest, double turn)
    implements Universal {
  public Patch {
    if (content.height() != content.width()) {
      throw new InputException("a patch must be square, but is " + content);
    }
    Check.within(0.01, 1.0, smallest, "smallest");
    Check.within(smallest, 1.0, largest, "largest");
    Check.within(0.0, 180.0, turn, "turn");
  }

  /** The patch on each image at a place of its own, drawn from the run. */
  @Override
  public Tensor apply(Tensor pixels, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor sticker = Batches.of(List.of(content)).like(pixels);
      return scope.keep(Bounds.PIXELS.clip(place(sticker, pixels, run)));
    }
  }

  /** Images with a patch (1, C, S, S) that may be recorded. */
  Tensor place(Tensor sticker, Tensor pixels, Run run) {
    int images = (int) pixels.size(0);
    Tensor positions = positions(pixels, run).like(pixels);
    long[] sizes = sticker.shape().toArray();
    Tensor all = sticker.expand(images, sizes[1], sizes[2], sizes[3]);
    Tensor shown = Kernels.sample(all, positions);
    Tensor mask =
        positions.square().sum(3).le(1).asFloat().like(pixels).permute(0, 3, 1, 2); // (N, 1, H, W)
    return pixels.mul(mask.neg().add(1)).add(shown.mul(mask));
  }

  /** For each pixel, where on the patch it lies: ((pixel - centre) turned back) / radius. */
  private Tensor positions(Tensor pixels, Run run) {
    int images = (int) pixels.size(0);
    int height = (int) pixels.size(2);
    int width = (int) pixels.size(3);
    int side = Math.min(height, width);
    float[] values = new float[images * height * width * 2];
    for (int i = 0; i < images; i++) {
      SplittableRandom random = run.rng(i).generator();
      double radius = (smallest + (largest - smallest) * random.nextDouble()) * side / 2;
      double angle = Math.toRadians(turn * (2 * random.nextDouble() - 1));
      double cy = radius + (height - 2 * radius) * random.nextDouble();
      double cx = radius + (width - 2 * radius) * random.nextDouble();
      int at = i * height * width * 2;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double dy = (y + 0.5 - cy) / radius;
          double dx = (x + 0.5 - cx) / radius;
          values[at++] = (float) (Math.cos(angle) * dx + Math.sin(angle) * dy);
          values[at++] = (float) (Math.cos(angle) * dy - Math.sin(angle) * dx);
        }
      }
    }
    return Tensor.of(values, images, height, width, 2);
  }
}
