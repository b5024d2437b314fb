package io.adversight.report.format;

import io.adversight.attack.problem.Norm;
import java.util.List;

/**
 * An axis for the sizes of balls: grey levels where all of them are whole levels of an Linf ball.
 *
 * @param title what stands at the axis
 * @param unit places on the axis for an epsilon of 1
 */
public record EpsilonAxis(String title, double unit) {
  /** The axis for these epsilons: in levels of 1/255 where all are whole levels in Linf. */
  public static EpsilonAxis of(Norm norm, List<Double> epsilons) {
    boolean levels =
        norm == Norm.LINF
            && epsilons.stream().allMatch(e -> Math.abs(255 * e - Math.rint(255 * e)) < 1e-6);
    return levels
        ? new EpsilonAxis("epsilon in 1/255 (Linf)", 255)
        : new EpsilonAxis("epsilon (%s)".formatted(norm == Norm.LINF ? "Linf" : norm.name()), 1);
  }

  /** Where an epsilon lies on the axis. */
  public double place(double epsilon) {
    return unit * epsilon;
  }

  /** Where each epsilon lies on the axis. */
  public List<Double> places(List<Double> epsilons) {
    return epsilons.stream().map(this::place).toList();
  }
}
