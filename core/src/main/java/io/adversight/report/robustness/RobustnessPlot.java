package io.adversight.report.robustness;

import io.adversight.attack.Epsilon;
import io.adversight.attack.Outcome;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.report.format.EpsilonAxis;
import io.adversight.study.robustness.AttackRobustness;
import io.adversight.study.robustness.RobustnessStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Robust accuracy against the size of the ball. */
final class RobustnessPlot {
  private static final int POINTS = 60;

  private RobustnessPlot() {}

  /** The plot; empty without an epsilon. */
  static Optional<LinePlot> of(RobustnessMeasurement measured, RobustnessStore store) {
    List<Double> epsilons = measured.spec().epsilons();
    if (epsilons.isEmpty()) {
      return Optional.empty();
    }
    List<Line> lines = new ArrayList<>();
    for (AttackRobustness attack : measured.summary().attacks()) {
      if (attack.smallest().isPresent()) {
        lines.add(nearest(attack, measured, store));
      } else if (attack.isBounded()) {
        lines.add(bounded(attack, measured));
      }
    }
    EpsilonAxis axis = axis(measured);
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            LinePlot.of(
                    "%s, %s images of %s"
                        .formatted(
                            measured.model(), measured.summary().clean().trials(), measured.data()),
                    axis.title(),
                    "robust accuracy in per cent of all",
                    lines)
                .within(0, 100));
  }

  /** From no attack to the largest ball. */
  private static Line bounded(AttackRobustness attack, RobustnessMeasurement measured) {
    List<Double> x = new ArrayList<>(List.of(0.0));
    List<Double> y = new ArrayList<>(List.of(100 * measured.summary().clean().value()));
    for (AttackRobustness.AtEpsilon at : attack.accuracies()) {
      if (at.epsilon() > 0) {
        x.add(axis(measured).place(at.epsilon()));
        y.add(100 * at.accuracy().ofAll().value());
      }
    }
    return new Line(attack.attack().toString(), x, y);
  }

  /** What is left of the accuracy when all changes up to a size are allowed. */
  private static Line nearest(
      AttackRobustness attack, RobustnessMeasurement measured, RobustnessStore store) {
    List<Double> epsilons = measured.spec().epsilons();
    double largest = epsilons.get(epsilons.size() - 1);
    long all = measured.summary().clean().trials();
    List<Outcome> outcomes =
        store.outcomes(attack.attack()).stream()
            .filter(o -> measured.spec().covers(o, Math.toIntExact(all)))
            .toList();
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i <= POINTS; i++) {
      double epsilon = largest * i / POINTS;
      long left =
          outcomes.stream()
              .filter(
                  o ->
                      !o.success() || !Epsilon.holds(o.norms().of(measured.spec().norm()), epsilon))
              .count();
      x.add(axis(measured).place(epsilon));
      y.add(100.0 * left / all);
    }
    return new Line(attack.attack().toString(), x, y);
  }

  private static EpsilonAxis axis(RobustnessMeasurement measured) {
    return EpsilonAxis.of(measured.spec().norm(), measured.spec().epsilons());
  }
}
