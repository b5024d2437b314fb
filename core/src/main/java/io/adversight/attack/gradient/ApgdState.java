package io.adversight.attack.gradient;

import io.adversight.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * What APGD carries from step to step; everything but images and gradients is (N, 1, 1, 1).
 *
 * @param now where the images are
 * @param previous where they were one step before
 * @param best where the loss was highest
 * @param success what reached the goal
 * @param schedule the step length and what decides it
 * @param sparsity of the steps in the L1 ball
 */
record ApgdState(
    Point now, Tensor previous, Point best, Success success, Schedule schedule, Sparsity sparsity) {

  /** Images with their loss and its gradient. */
  record Point(Tensor x, Tensor gradient, Tensor loss) {
    /** {@code first} where {@code mask} says so, elsewhere {@code second}. */
    static Point choose(Tensor mask, Point first, Point second) {
      return new Point(
          mask.choose(first.x, second.x),
          mask.choose(first.gradient, second.gradient),
          mask.choose(first.loss, second.loss));
    }

    Point map(UnaryOperator<Tensor> change) {
      return new Point(change.apply(x), change.apply(gradient), change.apply(loss));
    }
  }

  /**
   * The last images that reached the goal.
   *
   * @param images any, where none did
   * @param reached 1 where one did, else 0
   */
  record Success(Tensor images, Tensor reached) {
    Success map(UnaryOperator<Tensor> change) {
      return new Success(change.apply(images), change.apply(reached));
    }
  }

  /**
   * What decides the step length.
   *
   * @param length of a step
   * @param rises steps since the last checkpoint that raised the loss
   * @param lastBest the highest loss at the last checkpoint
   * @param halved 1 where the length was halved at the last checkpoint, else 0
   */
  record Schedule(Tensor length, Tensor rises, Tensor lastBest, Tensor halved) {
    Schedule map(UnaryOperator<Tensor> change) {
      return new Schedule(
          change.apply(length), change.apply(rises), change.apply(lastBest), change.apply(halved));
    }
  }

  /**
   * How many values a step in the L1 ball changes.
   *
   * @param share of the values, in [0, 1]
   * @param support how many values the best image changed at the last checkpoint
   */
  record Sparsity(Tensor share, Tensor support) {
    Sparsity map(UnaryOperator<Tensor> change) {
      return new Sparsity(change.apply(share), change.apply(support));
    }
  }

  /** Every tensor changed. */
  private ApgdState map(UnaryOperator<Tensor> change) {
    return new ApgdState(
        now.map(change),
        change.apply(previous),
        best.map(change),
        success.map(change),
        schedule.map(change),
        sparsity.map(change));
  }

  /** The state of the images at the given places; this one is freed. */
  ApgdState rows(int... places) {
    return map(
        tensor -> {
          Tensor some = tensor.rows(places);
          tensor.close();
          return some;
        });
  }

  /** This state in tensors that {@code keep} lets outlive a scope. */
  ApgdState kept(UnaryOperator<Tensor> keep) {
    return map(keep);
  }

  /** Frees every tensor. */
  void close() {
    map(
        tensor -> {
          tensor.close();
          return tensor;
        });
  }
}
