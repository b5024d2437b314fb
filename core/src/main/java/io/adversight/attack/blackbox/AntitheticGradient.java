package io.adversight.attack.blackbox;

import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** An estimate of a gradient from the answers at pairs of opposite points. */
final class AntitheticGradient {
  private static final int PAIRS_AT_ONCE = 16;

  private AntitheticGradient() {}

  /** How directions are drawn. */
  enum Directions {
    /** Independent normal numbers. */
    NORMAL,
    /** Independent signs. */
    SIGNS
  }

  /** The images of {@code problem} that can pay for {@code pairs} pairs and one more question. */
  static int[] affordable(BlackBoxProblem problem, boolean[] done, int pairs) {
    return IntStream.range(0, problem.size())
        .filter(i -> !done[i] && problem.oracle().left(i) >= 2 * pairs + 1)
        .toArray();
  }

  /**
   * The mean over pairs of u (L(x + s u) - L(x - s u)) / (2 s): the direction in which the goal is
   * lacked more.
   */
  static Tensor gradient(
      BlackBoxProblem problem,
      Tensor x,
      BlackBoxProblem.Score score,
      Directions directions,
      int pairs,
      double s,
      Run run) {
    long images = x.size(0);
    long[] sizes = x.shape().toArray();
    try (Scope scope = Scope.open()) {
      LoopVariable sum = new LoopVariable(x.fullLike(0));
      for (int done = 0, use = 0; done < pairs; done += PAIRS_AT_ONCE, use++) {
        int count = Math.min(PAIRS_AT_ONCE, pairs - done);
        try (Scope chunk = Scope.open()) {
          Tensor like =
              x.unsqueeze(1).expand(images, count, sizes[1], sizes[2], sizes[3]).contiguous();
          Tensor normal = run.normal(like, use);
          Tensor u = directions == Directions.SIGNS ? normal.sign() : normal;
          Tensor both = Tensor.stack(List.of(like.add(u.mul(s)), like.sub(u.mul(s))), 2);
          Tensor asked = both.reshape(images * count * 2, sizes[1], sizes[2], sizes[3]);
          List<Double> losses = problem.query(problem.clip(asked), score).losses();
          double[] gradients = new double[(int) images * count];
          for (int i = 0; i < gradients.length; i++) {
            gradients[i] = (losses.get(2 * i) - losses.get(2 * i + 1)) / (2 * s);
          }
          Tensor weights = Tensor.of(gradients, images, count, 1, 1, 1).like(x);
          sum.set(sum.value().add(u.mul(weights).sum(1).squeeze(1)));
        }
      }
      return scope.keep(sum.value().div(pairs));
    }
  }
}
