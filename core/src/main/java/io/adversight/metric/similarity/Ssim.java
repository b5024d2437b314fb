package io.adversight.metric.similarity;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.metric.AlignedMaps;
import java.util.List;
import java.util.function.Supplier;

/**
 * Mean structural similarity of Wang et al. 2004, eq. 13 with K1 = 0.01, K2 = 0.03, averaged over
 * all positions where the window fits and then over channels; in [-1, 1], 1 for equal images. Two
 * constant images are compared by their means alone.
 *
 * @param window the weights under which local statistics are taken
 * @param range the largest value an image can hold minus the smallest
 */
@Doc("Structural similarity (SSIM)")
@Paper("wang2004")
public record Ssim(
    @Doc("window of the local statistics") SsimWindow window,
    @Doc("largest possible value minus smallest") double range)
    implements MapSimilarity {
  /** The paper's window, for images in [0, 1]. */
  public Ssim() {
    this(SsimWindow.GAUSSIAN, 1);
  }

  /** Checks the range. */
  public Ssim {
    Check.positive(range, "range");
    Check.finite(range, "range");
  }

  /**
   * @throws IllegalArgumentException if the maps are smaller than the window
   */
  @Override
  public double similarity(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    int channels = maps.first().channels();
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      sum += similarity(Plane.channel(maps.first(), c), Plane.channel(maps.second(), c));
    }
    return sum / channels;
  }

  /** The mean over one channel of two planes of equal size; its four local means side by side. */
  double similarity(Plane a, Plane b) {
    int height = a.height();
    int width = a.width();
    if (Math.min(height, width) < window.size()) {
      throw new InputException(
          "SSIM with this window needs at least %s x %s pixels, but there are %s x %s; enlarge first"
              .formatted(window.size(), window.size(), height, width));
    }
    double[] first = a.toArray();
    double[] second = b.toArray();
    List<Supplier<double[]>> statistics =
        List.of(
            () -> first, () -> second, () -> squares(first, second), () -> product(first, second));
    List<double[]> means =
        statistics.stream().map(values -> window.means(values.get(), height, width)).toList();
    return mean(means.get(0), means.get(1), means.get(2), means.get(3));
  }

  /** Eq. 13, averaged; the variances of both planes are needed as a sum only. */
  private double mean(double[] meanA, double[] meanB, double[] meanSquares, double[] meanProduct) {
    double c1 = 0.01 * range * 0.01 * range;
    double c2 = 0.03 * range * 0.03 * range;
    double factor = window.covarianceFactor();
    double sum = 0;
    for (int i = 0; i < meanA.length; i++) {
      double product = meanA[i] * meanB[i];
      double squares = meanA[i] * meanA[i] + meanB[i] * meanB[i];
      double covariance = factor * (meanProduct[i] - product);
      double variances = factor * (meanSquares[i] - squares);
      sum += (2 * product + c1) * (2 * covariance + c2) / ((squares + c1) * (variances + c2));
    }
    return sum / meanA.length;
  }

  private static double[] squares(double[] a, double[] b) {
    double[] squares = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      squares[i] = a[i] * a[i] + b[i] * b[i];
    }
    return squares;
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }
}
