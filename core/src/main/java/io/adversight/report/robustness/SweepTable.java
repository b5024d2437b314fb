package io.adversight.report.robustness;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.evaluation.robustness.Sweep;
import io.adversight.metric.numeric.Proportion;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.RobustnessTable;
import java.util.ArrayList;
import java.util.List;

/** The means of a sweep at each epsilon, for people. */
public final class SweepTable {
  private SweepTable() {}

  /**
   * One row for each epsilon.
   *
   * @param labelled whether the classes of all images are known; else a label is the network's own
   *     prediction, and the table says how many kept it
   */
  public static RobustnessTable of(Sweep sweep, Norm norm, boolean labelled) {
    List<String> header = new ArrayList<>(List.of("epsilon", "success"));
    if (!labelled) {
      header.add("kept the prediction");
    }
    header.add(labelled ? "label's probability" : "first prediction's probability");
    header.addAll(List.of("top class's probability", "mean L2"));
    List<Double> label = sweep.mean(Sweep.Step::label);
    List<Double> top = sweep.mean(step -> step.top().get(0).probability());
    List<Double> length = sweep.mean(Sweep.Step::l2);
    List<List<String>> rows = new ArrayList<>();
    for (int e = 0; e < sweep.epsilons().size(); e++) {
      List<String> row = new ArrayList<>();
      row.add(Epsilon.text(norm, sweep.epsilons().get(e)));
      row.add(NumberText.percent(sweep.success().get(e)));
      if (!labelled) {
        row.add(NumberText.percent(kept(sweep, e)));
      }
      row.add(NumberText.percent(label.get(e)));
      row.add(NumberText.percent(top.get(e)));
      row.add(NumberText.of(length.get(e)));
      rows.add(row);
    }
    return new RobustnessTable(header, rows);
  }

  /** The images whose prediction is the one before the attack. */
  private static Proportion kept(Sweep sweep, int epsilon) {
    long kept =
        sweep.tracks().stream()
            .filter(
                track ->
                    track.steps().get(epsilon).top().get(0).index()
                        == track.before().get(0).index())
            .count();
    return new Proportion(kept, sweep.tracks().size());
  }
}
