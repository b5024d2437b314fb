package io.adversight.attribution.perturbation;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Variants;
import io.adversight.attribution.internal.Confidence;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * RISE: the mean of random masks, each weighted by the score of the image seen through it: 1 / (p
 * N) sum of S(x M) M (Petsiuk et al. 2018, equation 6). Masks are coarse random grids, enlarged
 * bilinearly and shifted at random; what is hidden is black. A class logit is explained by its
 * probability. After every batch the map so far goes to the run's frame listener.
 *
 * @param masks N
 * @param cells of the coarse grid along each side
 * @param shown p, the probability that a cell is seen
 */
@Doc("RISE")
@Paper("petsiuk2018")
public record Rise(
    @Doc("random masks") int masks,
    @Doc("cells along each side") int cells,
    @Doc("probability that a cell is seen") double shown)
    implements Attribution {
  /** The paper's 4000 masks of 7 x 7 cells, half of them seen. */
  public Rise() {
    this(4000, 7, 0.5);
  }

  public Rise {
    Check.within(1, 1_000_000, masks, "masks");
    Check.within(1, 1000, cells, "cells");
    Check.within(1e-6, 1, shown, "shown");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    Tensor pixels = trace.pixels();
    int images = (int) pixels.size(0);
    Variants variants = Variants.of(trace, Confidence.of(objective), run);
    int step = Math.max(1, Variants.IMAGES_FORWARD / images);
    int[] rows = new int[step * images];
    for (int j = 0; j < rows.length; j++) {
      rows[j] = j % images;
    }
    try (Scope whole = Scope.open()) {
      Tensor sum = pixels.narrow(1, 0, 1).fullLike(0);
      for (int first = 0; first < masks; first += step) {
        run.report(first, masks, "masks");
        int some = Math.min(step, masks - first);
        try (Scope scope = Scope.open()) {
          int[] selected = Arrays.copyOf(rows, some * images);
          Tensor mask = masks(first, some, run, pixels);
          Tensor scores = variants.valuesOf(pixels.rows(selected).mul(mask), selected);
          Tensor weighted = mask.mul(scores.reshape(some * (long) images, 1, 1, 1));
          Tensor found = Variants.byVariant(weighted, some).sum(0).squeeze(0);
          sum = scope.replace(sum, sum.add(found));
          for (int k = 0; k < some; k++) {
            run.countForward();
          }
          run.step(
              sum.div(shown * (first + some)),
              Variants.byVariant(scores, some).mean(0).reshape(images));
        }
      }
      return whole.keep(sum.div(shown * masks)); // equation 6
    }
  }

  /** Some masks of every image: (some N, 1, H, W), those of the first number before the second. */
  private Tensor masks(int first, int some, Run run, Tensor pixels) {
    long height = pixels.size(2);
    long width = pixels.size(3);
    long cellHeight = (height + cells - 1) / cells;
    long cellWidth = (width + cells - 1) / cells;
    List<Tensor> all = new ArrayList<>();
    for (int k = first; k < first + some; k++) {
      for (int i = 0; i < run.size(); i++) {
        Rng rng = run.rng(i).split(k);
        SplittableRandom random = rng.generator();
        float[] grid = new float[cells * cells];
        for (int j = 0; j < grid.length; j++) {
          grid[j] = random.nextDouble() < shown ? 1 : 0;
        }
        Tensor large =
            Kernels.bilinear(
                Tensor.of(grid, 1, 1, cells, cells).like(pixels),
                (cells + 1) * cellHeight,
                (cells + 1) * cellWidth,
                false);
        Tensor rows = large.narrow(2, random.nextLong(cellHeight), height);
        all.add(rows.narrow(3, random.nextLong(cellWidth), width));
      }
    }
    return Tensor.concat(all, 0);
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }
}
