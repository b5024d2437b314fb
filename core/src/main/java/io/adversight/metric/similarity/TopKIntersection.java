package io.adversight.metric.similarity;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.SameShape;
import io.adversight.metric.numeric.Ranks;

/**
 * The share of the k largest values of one map that are also among the k largest of the other, k a
 * share of all values (at least one). Among equal values the earlier in row-major order counts as
 * larger, so that a map equals itself however many zeros it holds.
 *
 * @param share k as a share of all values
 */
@Doc("Intersection of the largest values (top-k)")
@Paper("ghorbani2019")
public record TopKIntersection(@Doc("k as a share of all values") double share)
    implements MapSimilarity {
  /** The largest 2 %: 1,000 of 224 x 224 pixels, as in the paper. */
  public TopKIntersection() {
    this(0.02);
  }

  /** Checks the share. */
  public TopKIntersection {
    Check.positive(share, "share");
    Check.within(0.0, 1.0, share, "share");
  }

  @Override
  public double similarity(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    double[] first = maps.firstValues();
    return of(first, maps.secondValues(), Math.max(1, (int) Math.rint(share * first.length)));
  }

  /** The share of the {@code k} largest values of {@code a} that {@code b} has among its own. */
  public static double of(double[] a, double[] b, int k) {
    SameShape.require(a, b);
    boolean[] inA = Ranks.largest(a, k);
    boolean[] inB = Ranks.largest(b, k);
    int common = 0;
    for (int i = 0; i < a.length; i++) {
      common += inA[i] && inB[i] ? 1 : 0;
    }
    return (double) common / k;
  }
}
