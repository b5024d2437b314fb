package io.adversight.study.robustness;

import io.adversight.attack.Outcome;
import io.adversight.attack.problem.Norm;
import io.adversight.metric.numeric.Proportion;
import java.util.List;

/**
 * How large the smallest changes are that an attack found for images classified right. An image for
 * which it found none counts as infinitely far.
 *
 * @param found images for which a change was found
 * @param rounded those that stay changed after rounding to 8 bit; of none where that was not looked
 *     at
 * @param lower the size that a quarter of the images stay within; infinite if there is none
 * @param median the size that half of them stay within
 * @param upper the size that three quarters stay within
 */
public record NormStatistics(
    Proportion found, Proportion rounded, double lower, double median, double upper) {
  /** The statistics of one norm over the images classified right. */
  public static NormStatistics of(List<Outcome> outcomes, Norm norm) {
    List<Outcome> right = outcomes.stream().filter(Outcome::isRight).toList();
    long checked = right.stream().filter(o -> o.rounded().isPresent()).count();
    long kept = right.stream().filter(o -> o.rounded().orElse(false)).count();
    List<Double> sizes =
        right.stream()
            .map(o -> o.success() ? o.norms().of(norm) : Double.POSITIVE_INFINITY)
            .sorted()
            .toList();
    long found = sizes.stream().filter(Double::isFinite).count();
    return new NormStatistics(
        new Proportion(found, sizes.size()),
        new Proportion(kept, checked),
        quantile(sizes, 0.25),
        quantile(sizes, 0.5),
        quantile(sizes, 0.75));
  }

  /** Between the two nearest values where none stands at the place itself; NaN of nothing. */
  private static double quantile(List<Double> sorted, double share) {
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    double place = share * (sorted.size() - 1);
    double below = sorted.get((int) Math.floor(place));
    double above = sorted.get((int) Math.ceil(place));
    double part = place - Math.floor(place);
    return part == 0 || below == above ? below : below + part * (above - below);
  }
}
