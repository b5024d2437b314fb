package io.adversight.attack.problem;

import io.adversight.describe.Check;
import io.adversight.input.InputException;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import java.util.ArrayList;
import java.util.List;

/** Targets that an attack chooses by what the network thinks of the original images. */
public final class ChosenTarget {
  private ChosenTarget() {}

  public static void checkRank(int rank) {
    Check.atLeast(1, rank, "rank");
  }

  /**
   * The problem of reaching, for each image, the class of the given place (0 for the likeliest)
   * among the classes other than its label.
   *
   * @throws IllegalArgumentException if the problem has a target already, or too few classes
   */
  public static Problem ranked(Problem problem, int place, Run run) {
    check(place + 1, problem.classes(), !(problem.goal() instanceof Goal.Misclassify));
    return problem.with(new Goal.MisclassifyAs(targets(problem, place, run)));
  }

  /** Checks a rank among the classes of a network, and that no target is given. */
  public static void check(int rank, int classes, boolean targeted) {
    if (targeted) {
      throw new InputException(
          "this attack chooses its own target; for a given target use bim or pgd");
    }
    if (rank < 1 || rank >= classes) {
      throw new InputException(
          "rank must be between 1 and %s, the number of classes other than the label"
              .formatted(classes - 1));
    }
  }

  /** The class of the given place among those other than the label, for each image. */
  public static List<Integer> targets(Problem problem, int place, Run run) {
    check(place + 1, problem.classes(), false);
    List<Integer> targets = new ArrayList<>();
    List<Prediction> predictions = Prediction.of(problem.startingLogits(run));
    for (int i = 0; i < problem.size(); i++) {
      int label = problem.labels().get(i);
      List<Integer> ranked =
          predictions.get(i).top(problem.classes()).stream().filter(c -> c != label).toList();
      targets.add(ranked.get(place));
    }
    return targets;
  }
}
