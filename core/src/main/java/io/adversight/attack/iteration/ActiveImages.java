package io.adversight.attack.iteration;

import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The images of a batch that an attack still works on; those that are done have left. */
public final class ActiveImages {
  private final Problem problem;
  private final Run run;
  private final int[] images;
  private final boolean ownsPixels;

  private ActiveImages(Problem problem, Run run, int[] images, boolean ownsPixels) {
    this.problem = problem;
    this.run = run;
    this.images = images;
    this.ownsPixels = ownsPixels;
  }

  /** Every image of the batch. */
  public static ActiveImages all(Problem problem, Run run) {
    return new ActiveImages(problem, run, IntStream.range(0, problem.size()).toArray(), false);
  }

  /** The images that do not reach the goal as they are; the others are the nearest themselves. */
  public static ActiveImages unsolved(Problem problem, Run run, BestSoFar nearest) {
    ActiveImages all = all(problem, run);
    boolean[] reached = problem.reachedBeyondRounding(problem.startingLogits(run));
    nearest.offer(all, problem.pixels(), reached);
    return all.keep(Problem.indices(reached, false));
  }

  /**
   * Those at the given places of this part; what is carried along for each image is cut likewise,
   * and this part must not be used again.
   */
  public ActiveImages keep(int[] places, LoopVariable... state) {
    if (places.length == images.length) {
      return this;
    }
    for (LoopVariable carried : state) {
      carried.keepRows(places);
    }
    ActiveImages rest =
        new ActiveImages(
            problem.select(places),
            run.select(places),
            Arrays.stream(places).map(place -> images[place]).toArray(),
            true);
    if (ownsPixels) {
      problem.pixels().close();
      problem.mask().ifPresent(Tensor::close);
    }
    return rest;
  }

  /** This part for a loop of its own that must not free this part's pixels. */
  public ActiveImages shared() {
    return new ActiveImages(problem, run, images, false);
  }

  /** The part of the problem. */
  public Problem problem() {
    return problem;
  }

  /** The part of the run. */
  public Run run() {
    return run;
  }

  /** The original images of this part. */
  public Tensor pixels() {
    return problem.pixels();
  }

  /** The number of images. */
  public int size() {
    return images.length;
  }

  /** Whether all images have left. */
  public boolean isEmpty() {
    return images.length == 0;
  }

  /** The place in the whole batch of the {@code place}-th image of this part. */
  public int image(int place) {
    return images[place];
  }

  /** The places in the whole batch of the images of this part. */
  public int[] images() {
    return images.clone();
  }

  /** The numbers of these images out of one number for each image of the whole batch. */
  public double[] of(double[] all) {
    return Arrays.stream(images).mapToDouble(image -> all[image]).toArray();
  }
}
