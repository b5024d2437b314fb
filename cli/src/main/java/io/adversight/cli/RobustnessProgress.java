package io.adversight.cli;

import io.adversight.attack.problem.Norm;
import io.adversight.report.format.RobustnessTable;
import io.adversight.report.robustness.RobustnessFolder;
import io.adversight.study.Algorithm;
import io.adversight.study.robustness.RobustnessStudy;
import java.io.PrintWriter;
import java.util.List;

/** Tells how far a measurement of robustness has come, and what each attack left. */
final class RobustnessProgress implements RobustnessStudy.Listener {
  private final Console console;
  private final RobustnessFolder folder;
  private final Norm norm;
  private final PrintWriter err;

  RobustnessProgress(Console console, RobustnessFolder folder, Norm norm, PrintWriter err) {
    this.console = console;
    this.folder = folder;
    this.norm = norm;
    this.err = err;
  }

  @Override
  public void progress(Algorithm attack, long done, long total) {
    console.stepTo(attack.id(), done, total);
  }

  @Override
  public void finished(Algorithm attack) {
    folder
        .summary()
        .of(attack)
        .ifPresent(
            shown -> {
              for (List<String> row : RobustnessTable.accuracies(shown, norm)) {
                err.println(
                    "%s, epsilon %s: %s of all are robust (%s s)"
                        .formatted(row.get(0), row.get(1), row.get(2), row.get(8)));
              }
            });
  }
}
