package io.adversight.attack.iteration;

import io.adversight.attack.problem.Problem;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** For each image of a batch, the nearest changed image found so far that reaches the goal. */
public final class BestSoFar {
  private final UnaryOperator<Tensor> size;
  private final double[] sizes;
  private final LoopVariable images;

  /** Nothing is found yet; {@code size} measures perturbations, (N, 1, ...). */
  public BestSoFar(Problem problem, UnaryOperator<Tensor> size) {
    this.size = size;
    this.sizes = new double[problem.size()];
    this.images = new LoopVariable(problem.pixels());
    Arrays.fill(sizes, Double.POSITIVE_INFINITY);
  }

  /** Takes those of the candidates that reach the goal and are nearer than what is known. */
  public void offer(ActiveImages active, Tensor candidates, boolean[] reached) {
    if (Problem.indices(reached, true).length == 0) {
      return;
    }
    try (Scope scope = Scope.open()) {
      double[] offered = size.apply(candidates.sub(active.pixels())).toDoubles();
      int[] better =
          IntStream.range(0, offered.length)
              .filter(i -> reached[i] && offered[i] < sizes[active.image(i)])
              .toArray();
      if (better.length > 0) {
        int[] places = Arrays.stream(better).map(active::image).toArray();
        images.set(images.value().withRows(places, candidates.rows(better)));
        for (int i : better) {
          sizes[active.image(i)] = offered[i];
        }
      }
    }
  }

  /** The size of the smallest perturbation of an image; infinite if none is known. */
  public double size(int image) {
    return sizes[image];
  }

  /** Whether anything was found for an image. */
  public boolean isFound(int image) {
    return sizes[image] < Double.POSITIVE_INFINITY;
  }

  /** The images found, the original ones where there is none. */
  public Tensor images() {
    return images.value();
  }
}
