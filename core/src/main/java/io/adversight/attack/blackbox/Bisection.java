package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Norm;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Moves images that reach the goal towards their originals, up to the boundary. */
final class Bisection {
  private Bisection() {}

  /**
   * Halves the interval between original and image, on the line for L2 and by clipping for LINF.
   *
   * @param x one image per row of {@code problem}, each reaching the goal; replaced
   * @param precision share of the way (L2) or of the pixels' range (LINF) at which to stop
   */
  static void towards(BlackBoxProblem problem, Norm norm, LoopVariable x, double precision) {
    int images = problem.size();
    double[] low = new double[images];
    double[] high = new double[images];
    try (Scope scope = Scope.open()) {
      Tensor far = new LoopVariable(x.value()).value();
      double[] size = norm.of(far.sub(problem.pixels())).toDoubles();
      for (int i = 0; i < images; i++) {
        high[i] = norm == Norm.LINF ? size[i] : 1;
      }
      while (true) {
        int[] open =
            IntStream.range(0, images)
                .filter(i -> high[i] - low[i] > precision && problem.oracle().left(i) > 0)
                .toArray();
        if (open.length == 0) {
          break;
        }
        try (Scope step = Scope.open()) {
          BlackBoxProblem part = problem.select(open);
          double[] middle = Arrays.stream(open).mapToDouble(i -> (low[i] + high[i]) / 2).toArray();
          Tensor candidate = between(part.pixels(), far.rows(open), norm, middle);
          boolean[] reached = part.ask(candidate);
          for (int k = 0; k < open.length; k++) {
            (reached[k] ? high : low)[open[k]] = middle[k];
          }
        }
      }
      x.set(between(problem.pixels(), far, norm, high));
    }
  }

  private static Tensor between(Tensor original, Tensor far, Norm norm, double[] share) {
    Tensor way = PerImage.of(share, far);
    Tensor change = far.sub(original);
    return norm == Norm.LINF
        ? original.add(change.clamp(way.neg(), way))
        : original.add(change.mul(way));
  }
}
