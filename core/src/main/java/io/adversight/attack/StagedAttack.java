package io.adversight.attack;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.image.Raster;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A bounded attack of several long stages, which can go on after a break between two of them. */
public interface StagedAttack extends BoundedAttack {
  /**
   * How far an image has come; whoever stores these can go on after a break.
   *
   * @param image its place in the batch
   * @param stages how many stages it went through
   * @param adversarial what the last of them found, if it did
   */
  record StageState(int image, int stages, Optional<Raster> adversarial) {}

  /**
   * The names of the stages, in order: stage k + 1 of a {@link StageState} is the k-th of these.
   */
  List<String> stageNames(Norm norm);

  /**
   * Goes on where an earlier run stopped.
   *
   * @param known what that run reported; the last word on an image counts
   * @param progress hears of every image after every stage it went through
   */
  Tensor perturb(
      Problem problem, Ball ball, Run run, List<StageState> known, Consumer<StageState> progress);

  @Override
  default Tensor perturb(Problem problem, Ball ball, Run run) {
    return perturb(problem, ball, run, List.of(), active -> {});
  }

  /** Where the standings of one ball are kept over a break. */
  interface Memory {
    /** What an earlier run of these images reported. */
    List<StageState> known(Ball ball, Run run);

    /** Keeps what was reported in {@code run}. */
    void keep(Ball ball, Run run, StageState active);
  }

  /** This attack, going on from {@code memory} and adding to it. */
  default BoundedAttack remembering(Memory memory) {
    StagedAttack staged = this;
    return new BoundedAttack() {
      @Override
      public Set<Norm> norms() {
        return staged.norms();
      }

      @Override
      public void check(int classes, boolean targeted) {
        staged.check(classes, targeted);
      }

      @Override
      public Tensor perturb(Problem problem, Ball ball, Run run) {
        return staged.perturb(
            problem, ball, run, memory.known(ball, run), active -> memory.keep(ball, run, active));
      }
    };
  }
}
