package io.adversight.defense;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Drops random pixels and fills the image in again with little total variation (Guo et al. 2018,
 * section 4, equation 1): z minimises {@code |X (z - x)|^2 / 2 + lambda TV(z)}, where X keeps each
 * pixel with a probability and {@code TV(z) = sum sqrt(dx^2 + dy^2 + s^2)} with s = {@value
 * #SMOOTH} for a gradient everywhere. Solved by accelerated gradient descent from x, through whose
 * steps gradients pass.
 *
 * @param keep share of pixels that stay
 * @param weight lambda
 * @param steps gradient steps
 */
@Doc("Total variation minimization")
@Paper("guo2018")
public record TotalVariationMinimization(
    @Doc("share of pixels that stay") double keep,
    @Doc("weight of the total variation") double weight,
    @Doc("gradient steps") int steps)
    implements Defense {
  private static final double SMOOTH = 0.02;

  /** Largest eigenvalue of the Laplacian of a grid, by which the variation's curvature is bound. */
  private static final double LAPLACIAN = 8;

  /** The paper's share of 0.5 and weight of 0.03. */
  public TotalVariationMinimization() {
    this(0.5, 0.03, 30);
  }

  public TotalVariationMinimization {
    Check.within(0.01, 1.0, keep, "keep");
    Check.within(0.0001, 10, weight, "weight");
    Check.within(1, 1000, steps, "steps");
  }

  @Override
  public boolean isRandom() {
    return keep < 1;
  }

  @Override
  public int optimizationSteps() {
    return steps;
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    Tensor mask = mask(images.detach(), run);
    double length = 1 / (1 + weight * LAPLACIAN / SMOOTH);
    Tensor z = images;
    Tensor ahead = images;
    for (int step = 0; step < steps; step++) {
      Tensor slope = mask.mul(ahead.sub(images)).add(variation(ahead).mul(weight));
      Tensor next = ahead.sub(slope.mul(length));
      ahead = next.add(next.sub(z).mul((double) step / (step + 3))); // Nesterov's momentum
      z = next;
    }
    return z.clamp(0, 1);
  }

  /** 1 where a pixel stays, in all channels, (N, 1, H, W). */
  private Tensor mask(Tensor images, Run run) {
    Tensor plane = images.narrow(1, 0, 1);
    return isRandom()
        ? run.uniform(plane, 0, 0, 1).lt(keep).asFloat().like(images)
        : plane.fullLike(1);
  }

  /** The gradient of the total variation. */
  private static Tensor variation(Tensor z) {
    long rows = z.size(2);
    long columns = z.size(3);
    Tensor down = later(z, 2, rows).sub(z);
    Tensor across = later(z, 3, columns).sub(z);
    Tensor length = down.square().add(across.square()).add(SMOOTH * SMOOTH).sqrt();
    Tensor downward = down.div(length);
    Tensor sideways = across.div(length);
    return earlier(downward, 2, rows)
        .sub(downward)
        .add(earlier(sideways, 3, columns))
        .sub(sideways);
  }

  /** The next pixel of each one, the last its own. */
  private static Tensor later(Tensor z, int dim, long size) {
    List<Long> pads = dim == 2 ? List.of(0L, 0L, 0L, 1L) : List.of(0L, 1L, 0L, 0L);
    return Kernels.pad(z, pads, "replicate", 0).narrow(dim, 1, size);
  }

  /** The pixel before each one, 0 before the first. */
  private static Tensor earlier(Tensor z, int dim, long size) {
    List<Long> pads = dim == 2 ? List.of(0L, 0L, 1L, 0L) : List.of(1L, 0L, 0L, 0L);
    return Kernels.pad(z, pads, "constant", 0).narrow(dim, 0, size);
  }
}
