package io.adversight.attack.problem;

import io.adversight.describe.Check;
import io.adversight.input.InputException;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The class that each image is to be taken for, given or chosen by what the network thinks. */
public final class TargetClasses {
  private TargetClasses() {}

  /**
   * The goal's targets; without one, for methods that need a target, the class that each image's
   * {@code logits} put highest beside its label.
   */
  public static List<Integer> of(Problem problem, Tensor logits) {
    return problem.goal() instanceof Goal.MisclassifyAs as
        ? as.targets()
        : ranked(problem, logits, 0);
  }

  /**
   * For each image the class of the given place (0 for the likeliest) among the classes other than
   * its label, as the network ranks them at the original image.
   *
   * @throws IllegalArgumentException if there are too few classes
   */
  public static List<Integer> ranked(Problem problem, int place, Run run) {
    checkRank(place + 1, problem.classes(), false);
    return ranked(problem, problem.startingLogits(run), place);
  }

  private static List<Integer> ranked(Problem problem, Tensor logits, int place) {
    List<Integer> targets = new ArrayList<>();
    List<Prediction> predictions = Prediction.of(logits);
    for (int i = 0; i < problem.size(); i++) {
      int label = problem.labels().get(i);
      List<Integer> others =
          predictions.get(i).top(place + 2).stream().filter(c -> c != label).toList();
      targets.add(others.get(place));
    }
    return targets;
  }

  /**
   * The problem of reaching {@linkplain #ranked(Problem, int, Run) the class of a place} in the
   * network's ranking.
   *
   * @throws IllegalArgumentException if the problem has a target already, or too few classes
   */
  public static Problem aimed(Problem problem, int place, Run run) {
    checkRank(place + 1, problem.classes(), !(problem.goal() instanceof Goal.Misclassify));
    return problem.with(new Goal.MisclassifyAs(ranked(problem, place, run)));
  }

  /** Checks a rank, 1 for the likeliest class other than the label. */
  public static void checkRank(int rank) {
    Check.atLeast(1, rank, "rank");
  }

  /** Checks a rank among the classes of a network, and that no target is given. */
  public static void checkRank(int rank, int classes, boolean targeted) {
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
}
