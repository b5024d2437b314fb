package io.adversight.report.evaluation;

import io.adversight.attack.Epsilon;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.plot.Plot;
import io.adversight.report.format.EpsilonAxis;
import io.adversight.study.evaluation.Convergence;
import io.adversight.study.evaluation.EvaluationSpec;
import io.adversight.study.evaluation.NetworkEvaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plots of a robustness report, by file name. */
final class EvaluationPlots {
  private static final int POINTS = 100;

  /** The file of the security curve. */
  static final String SECURITY = "security-curve.png";

  /** The file of success against iterations. */
  static final String ITERATIONS = "iterations.png";

  private EvaluationPlots() {}

  static Map<String, Plot> of(EvaluationSpec spec, List<NetworkEvaluation> networks) {
    Map<String, Plot> plots = new LinkedHashMap<>();
    plots.put(SECURITY, security(spec, networks));
    plots.put(ITERATIONS, iterations(networks));
    return plots;
  }

  /** Accuracy against the size of the ball, from no attack until every image fell. */
  private static LinePlot security(EvaluationSpec spec, List<NetworkEvaluation> networks) {
    double largest =
        networks.stream()
            .flatMap(network -> network.worst().smallest().stream())
            .filter(Double::isFinite)
            .mapToDouble(size -> size)
            .max()
            .orElse(spec.epsilon());
    double end = Math.max(largest * 1.02, spec.epsilon());
    EpsilonAxis axis = EpsilonAxis.of(spec.norm(), spec.epsilons());
    List<Line> lines = new ArrayList<>();
    for (NetworkEvaluation network : networks) {
      List<Double> sizes = network.worst().smallest();
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (int i = 0; i <= POINTS; i++) {
        double epsilon = end * i / POINTS;
        long left = sizes.stream().filter(size -> !Epsilon.holds(size, epsilon)).count();
        x.add(axis.place(epsilon));
        y.add(100.0 * left / network.worst().clean().trials());
      }
      lines.add(new Line(network.card().nameInResults(), x, y));
    }
    LinePlot plot =
        LinePlot.of(
                "Security curve, worst case over all attacks",
                axis.title(),
                "accuracy in per cent of all",
                lines)
            .within(0, 100);
    return plot.markedAt(axis.place(spec.epsilon()), "epsilon");
  }

  /** Attack success against iterations. */
  private static LinePlot iterations(List<NetworkEvaluation> networks) {
    List<Line> lines = new ArrayList<>();
    for (NetworkEvaluation network : networks) {
      String prefix = networks.size() == 1 ? "" : network.card().nameInResults() + ", ";
      for (Convergence one : network.converging()) {
        int last = Math.max(10, one.iterations().stream().mapToInt(i -> i).max().orElse(10));
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i <= POINTS; i++) {
          int count = Math.round((float) last * i / POINTS);
          x.add((double) count);
          y.add(100 * one.within(count));
        }
        lines.add(new Line(prefix + one.attack(), x, y));
      }
    }
    return LinePlot.of(
            "Attack success by iterations",
            "iterations until success",
            "images fooled in per cent of those right",
            lines)
        .within(0, 100);
  }
}
