package io.adversight.metric.numeric;

import io.adversight.metric.SameShape;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Correlation coefficients of paired numbers, in [-1, 1]. Where a coefficient is not defined (one
 * side is constant; for the cosine, all zeros) the answer is empty, never NaN.
 */
public final class Correlation {
  private Correlation() {}

  /** Pearson's r: covariance over the product of standard deviations. */
  public static OptionalDouble pearson(double[] a, double[] b) {
    SameShape.require(a, b);
    if (isConstant(a) || isConstant(b)) {
      return OptionalDouble.empty();
    }
    return angle(centred(a), centred(b));
  }

  /** Spearman's rho: Pearson's r of average ranks. */
  public static OptionalDouble spearman(double[] a, double[] b) {
    SameShape.require(a, b);
    return pearson(Ranks.average(a), Ranks.average(b));
  }

  /** The cosine of the angle between two vectors. */
  public static OptionalDouble cosine(double[] a, double[] b) {
    SameShape.require(a, b);
    return angle(scaled(a), scaled(b));
  }

  /**
   * Kendall's tau-b: (concordant - discordant) / sqrt((n0 - n1) (n0 - n2)) with n0 all pairs, n1
   * and n2 the pairs tied in a and in b. Discordant pairs are the exchanges of a merge sort of b
   * after sorting by a (Knight 1966), so that the time is n log n.
   */
  public static OptionalDouble kendall(double[] a, double[] b) {
    SameShape.require(a, b);
    if (isConstant(a) || isConstant(b)) {
      return OptionalDouble.empty();
    }
    int n = a.length;
    // One sort by (a, b): ranks are multiples of a half, so doubled they are exact integers.
    long[] pairs = new long[n];
    double[] ranksA = Ranks.average(a);
    double[] ranksB = Ranks.average(b);
    for (int i = 0; i < n; i++) {
      pairs[i] = ((long) (2 * ranksA[i]) << 32) | (long) (2 * ranksB[i]);
    }
    Arrays.sort(pairs);
    long all = (long) n * (n - 1) / 2;
    long tiedBoth = tiedPairs(pairs);
    long[] first = Arrays.stream(pairs).map(pair -> pair >>> 32).toArray();
    long[] second = Arrays.stream(pairs).map(pair -> pair & 0xffffffffL).toArray();
    long tiedA = tiedPairs(first);
    long discordant = exchanges(second, new long[n], 0, n);
    long tiedB = tiedPairs(second);
    double concordantMinusDiscordant = all - tiedA - tiedB + tiedBoth - 2.0 * discordant;
    double tau =
        concordantMinusDiscordant / Math.sqrt((double) (all - tiedA) * (double) (all - tiedB));
    return OptionalDouble.of(clipped(tau));
  }

  /** The number of pairs of equal values in a sorted array. */
  private static long tiedPairs(long[] sorted) {
    long pairs = 0;
    long run = 0;
    for (int i = 1; i < sorted.length; i++) {
      run = sorted[i] == sorted[i - 1] ? run + 1 : 0;
      pairs += run;
    }
    return pairs;
  }

  /** Sorts {@code values} between two positions and counts the pairs that stood in wrong order. */
  private static long exchanges(long[] values, long[] buffer, int from, int to) {
    if (to - from < 2) {
      return 0;
    }
    int middle = (from + to) >>> 1;
    long count = exchanges(values, buffer, from, middle) + exchanges(values, buffer, middle, to);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      if (right == to || (left < middle && values[left] <= values[right])) {
        buffer[i] = values[left++];
      } else {
        count += middle - left;
        buffer[i] = values[right++];
      }
    }
    System.arraycopy(buffer, from, values, from, to - from);
    return count;
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static double[] centred(double[] values) {
    double[] scaled = scaled(values);
    double mean = Arrays.stream(scaled).sum() / scaled.length;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] -= mean;
    }
    return scaled;
  }

  /** Divided by the largest magnitude, so that squares of tiny gradients do not vanish. */
  private static double[] scaled(double[] values) {
    double largest = 0;
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("finite values are needed, but there is a " + value);
      }
      largest = Math.max(largest, Math.abs(value));
    }
    double[] scaled = new double[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = largest == 0 ? 0 : values[i] / largest;
    }
    return scaled;
  }

  private static OptionalDouble angle(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return aa == 0 || bb == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(clipped(ab / (Math.sqrt(aa) * Math.sqrt(bb))));
  }

  /** Rounding can leave [-1, 1] by one unit in the last place. */
  private static double clipped(double r) {
    return Math.max(-1, Math.min(1, r));
  }
}
