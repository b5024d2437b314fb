package io.adversight.evaluation.explanation;

import io.adversight.attribution.Variants;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ROAD, remove and debias: the score as pixels are replaced by what their neighbours let expect, so
 * that the shape of the hole says nothing (Rong et al. 2022). The most relevant pixels go first, or
 * the least relevant.
 *
 * @param shares of the pixels removed at each point, in (0, 1)
 * @param noise standard deviation added to the filled pixels
 */
@Doc("ROAD")
@Paper("rong2022")
public record Road(
    @Doc("shares of the pixels removed") List<Double> shares,
    @Doc("noise added to filled pixels") double noise)
    implements Faithfulness {
  /** Tenths from 10 % to 90 %, noise 0.01. */
  public Road() {
    this(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9), 0.01);
  }

  /** Checks the ranges. */
  public Road {
    shares = List.copyOf(shares);
    shares.forEach(share -> Check.within(0.0, 0.999, share, "shares"));
    Check.atLeast(0.0, noise, "noise");
  }

  /**
   * The curves of one image.
   *
   * @param mostFirst the score as the most relevant pixels go first: falls for a faithful map
   * @param leastFirst as the least relevant go first: stays
   */
  public record Curves(Curve mostFirst, Curve leastFirst) {
    /** Half the mean distance of the two curves: large is good. */
    public double combined() {
      double sum = 0;
      for (int k = 0; k < mostFirst.values().size(); k++) {
        sum += leastFirst.values().get(k) - mostFirst.values().get(k);
      }
      return sum / (2 * mostFirst.values().size());
    }
  }

  /**
   * Both curves of each image.
   *
   * @param maps one per image, of its size
   * @param score usually {@link Objective.Probability}
   */
  public List<Curves> curves(
      Classifier classifier, Tensor pixels, List<Raster> maps, Objective score, Run run) {
    PixelOrder.check(pixels, maps);
    int count = maps.size();
    List<Raster> images = Batches.rasters(pixels);
    List<List<Integer>> orders = maps.stream().map(PixelOrder::of).toList();
    int points = shares.size();
    try (Scope scope = Scope.open()) {
      double[] values =
          new Variants(classifier, score, count, run)
              .values(
                  2 * points,
                  k -> {
                    List<Raster> filled = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                      run.checkCancelled();
                      boolean[] missing =
                          removed(orders.get(i), shares.get(k % points), k < points);
                      filled.add(
                          new NoisyLinearFill((int) pixels.size(2), (int) pixels.size(3), missing)
                              .fill(images.get(i), noise, run.rng(i).split(k).generator()));
                    }
                    return Batches.of(filled).like(pixels);
                  })
              .toDoubles();
      List<Curves> curves = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        List<Double> most = new ArrayList<>();
        List<Double> least = new ArrayList<>();
        for (int k = 0; k < points; k++) {
          most.add(values[k * count + i]);
          least.add(values[(points + k) * count + i]);
        }
        curves.add(new Curves(new Curve(shares, most), new Curve(shares, least)));
      }
      return curves;
    }
  }

  private static boolean[] removed(List<Integer> order, double share, boolean mostFirst) {
    boolean[] missing = new boolean[order.size()];
    int count = (int) Math.min(order.size() - 1, Math.rint(share * order.size()));
    for (int rank = 0; rank < count; rank++) {
      missing[order.get(mostFirst ? rank : order.size() - 1 - rank)] = true;
    }
    return missing;
  }

  /** Half the mean distance of the two curves, with the curve of the most relevant first. */
  @Override
  public List<Finding> of(ExplainedBatch subject, Run run) {
    return curves(
            subject.classifier(), subject.pixels(), subject.maps(), subject.probability(), run)
        .stream()
        .map(curves -> new Finding(curves.combined(), Optional.of(curves.mostFirst())))
        .toList();
  }

  @Override
  public boolean largeIsGood() {
    return true;
  }
}
