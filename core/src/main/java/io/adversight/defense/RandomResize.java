package io.adversight.defense;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Resizes the image to a random size and places it at random on black (Xie et al. 2018, section 3).
 * The paper enlarges images of 299 pixels to 331; here the image keeps its size, and what it shows
 * shrinks by up to the same ratio.
 *
 * @param smallest the smallest side after resizing, as a share of the image's
 */
@Doc("Random resizing and padding")
@Paper("xie2018")
public record RandomResize(
    @Doc("smallest side after resizing, as a share of the image's") double smallest)
    implements Defense {
  /** The paper's ratio, 299 / 331. */
  public RandomResize() {
    this(0.9);
  }

  public RandomResize {
    Check.within(0.1, 1.0, smallest, "smallest");
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    List<Tensor> placed = new ArrayList<>();
    for (int i = 0; i < run.size(); i++) {
      placed.add(placed(images.narrow(0, i, 1), run.rng(i).generator()));
    }
    return Tensor.concat(placed, 0);
  }

  private Tensor placed(Tensor image, SplittableRandom random) {
    long height = image.size(2);
    long width = image.size(3);
    double share = smallest + (1 - smallest) * random.nextDouble();
    long rows = Math.max(1, Math.round(share * height));
    long columns = Math.max(1, Math.round(share * width));
    long top = random.nextLong(height - rows + 1);
    long left = random.nextLong(width - columns + 1);
    List<Long> pads = List.of(left, width - columns - left, top, height - rows - top);
    return Kernels.pad(Kernels.bilinear(image, rows, columns, false), pads, "constant", 0);
  }
}
