package io.adversight.attack.composite;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.StagedAttack;
import io.adversight.attack.blackbox.Square;
import io.adversight.attack.gradient.Apgd;
import io.adversight.attack.gradient.ApgdTargeted;
import io.adversight.attack.minimal.Fab;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.Selection;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The standard ensemble: APGD on the cross-entropy, APGD on the targeted difference of logits
 * ratio, targeted FAB and Square, each from the original image and only on the images that are
 * still standing (Croce and Hein 2020, section 5).
 *
 * @param steps gradient steps per try of APGD and FAB
 * @param targets classes that FAB (and, but for L1, APGD) approaches
 * @param queries forward passes of Square
 */
@Doc("AutoAttack, the standard ensemble")
@Paper("croce2020")
public record AutoAttack(
    @Doc("gradient steps per try of APGD and FAB") int steps,
    @Doc("number of target classes, tried one after the other") int targets,
    @Doc("forward passes of Square") int queries)
    implements StagedAttack {
  /** The paper's setting. */
  public AutoAttack() {
    this(100, 9, 5000);
  }

  public AutoAttack {
    Check.atLeast(1, steps, "steps");
    Check.atLeast(1, targets, "targets");
    Check.atLeast(1, queries, "queries");
  }

  /** The stages in order, with their names. */
  List<Stage> stages(Norm norm) {
    boolean l1 = norm == Norm.L1;
    int apgdTargets = l1 ? Math.min(5, targets) : targets;
    return List.of(
        new Stage("apgd-ce", new Apgd(steps, l1 ? 5 : 1, 0.75, true, Loss.CROSS_ENTROPY)),
        new Stage("apgd-t", new ApgdTargeted(steps, apgdTargets, 0.75, true)),
        new Stage("fab-t", new Fab(steps, 1, targets, 0.1, 1.05, 0.9).inside()),
        new Stage("square", new Square(queries, 0.8)));
  }

  /**
   * One attack of the ensemble.
   *
   * @param name as papers write it
   * @param attack with its parameters
   */
  record Stage(String name, BoundedAttack attack) {}

  @Override
  public void check(int classes, boolean targeted) {
    if (targeted) {
      throw new InputException(
          "AutoAttack measures robustness without a target; for a target use apgd");
    }
  }

  @Override
  public List<String> stageNames(Norm norm) {
    return stages(norm).stream().map(Stage::name).toList();
  }

  @Override
  public Tensor perturb(
      Problem problem, Ball ball, Run run, List<StageState> known, Consumer<StageState> progress) {
    check(problem.classes(), !(problem.goal() instanceof Goal.Misclassify));
    int[] done = new int[problem.size()];
    Tensor result = problem.pixels().copy();
    boolean[] fooled = problem.reached(problem.startingLogits(run));
    for (StageState active : known) {
      done[active.image()] = active.stages();
      fooled[active.image()] |= active.adversarial().isPresent();
    }
    result = withFound(known, result);
    List<Stage> stages = stages(ball.norm());
    for (int s = 0; s < stages.size(); s++) {
      int stage = s;
      int[] open =
          IntStream.range(0, fooled.length).filter(i -> !fooled[i] && done[i] <= stage).toArray();
      run.report(stage, stages.size(), "stages");
      if (open.length > 0) {
        result =
            attack(stages.get(stage), stage, problem, ball, run, open, fooled, result, progress);
      }
    }
    return result;
  }

  /** The batch with what was found before; the last word on an image counts. */
  private static Tensor withFound(List<StageState> known, Tensor batch) {
    Map<Integer, Raster> found = new TreeMap<>();
    known.forEach(s -> s.adversarial().ifPresent(image -> found.put(s.image(), image)));
    if (found.isEmpty()) {
      return batch;
    }
    int[] images = found.keySet().stream().mapToInt(Integer::intValue).toArray();
    return batch.withRows(images, Batches.of(List.copyOf(found.values())).like(batch));
  }

  private static Tensor attack(
      Stage stage,
      int number,
      Problem problem,
      Ball ball,
      Run run,
      int[] open,
      boolean[] fooled,
      Tensor result,
      Consumer<StageState> progress) {
    try (Scope scope = Scope.open()) {
      Problem rest = problem.select(open);
      Run own = run.select(open).split(number);
      Tensor made = stage.attack().perturb(rest, ball, own);
      Tensor inside = rest.clip(ball.project(made, rest.pixels()));
      boolean[] reached = rest.reached(rest.logits(inside, own));
      int[] hits = Problem.indices(reached, true);
      List<Raster> images = hits.length == 0 ? List.of() : Batches.rasters(inside.rows(hits));
      for (int k = 0; k < open.length; k++) {
        int hit = Arrays.binarySearch(hits, k);
        fooled[open[k]] = hit >= 0;
        progress.accept(
            new StageState(
                open[k], number + 1, hit < 0 ? Optional.empty() : Optional.of(images.get(hit))));
      }
      return hits.length == 0
          ? result
          : scope.replace(
              result, result.withRows(Selection.compose(open, hits), inside.rows(hits)));
    }
  }
}
