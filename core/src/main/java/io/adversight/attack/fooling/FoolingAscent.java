package io.adversight.attack.fooling;

import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Input;
import io.adversight.model.Objective;
import io.adversight.run.Checkpoint;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient ascent on the log-probability of a class from noise or from a constant image, in steps
 * of one length, until the network is confident (Nguyen et al. 2015, section 3.4, without the
 * penalty that would make the image recognisable).
 *
 * @param start the first image
 * @param steps at most so many
 * @param length of each step in L2
 * @param confidence probability at which an image is done
 */
@Doc("Fooling images by gradient ascent")
@Paper("nguyen2015")
public record FoolingAscent(
    @Doc("initial image") Start start,
    @Doc("maximum steps") int steps,
    @Doc("step length in L2") double length,
    @Doc("probability at which an image is finished") double confidence)
    implements ImageGenerator {
  private static final int IMAGES_AT_ONCE = 16;

  /** First images. */
  public enum Start {
    /** Normal noise around grey, standard deviation 0.1. */
    NOISE,
    /** Grey. */
    CONSTANT
  }

  /** From noise, at most 200 steps of length 0.5, to 99 %. */
  public FoolingAscent() {
    this(Start.NOISE, 200, 0.5, 0.99);
  }

  public FoolingAscent {
    Check.atLeast(1, steps, "steps");
    Check.positive(length, "length");
    Check.within(0.0, 1.0, confidence, "confidence");
  }

  @Override
  public List<FoolingImage> generate(
      Classifier classifier, List<Integer> classes, Checkpoint checkpoint, Run run) {
    List<Raster> images =
        new ArrayList<>(checkpoint.last().map(Checkpoint.State::values).orElse(List.of()));
    for (int from = images.size(); from < classes.size(); from += IMAGES_AT_ONCE) {
      int to = Math.min(from + IMAGES_AT_ONCE, classes.size());
      images.addAll(optimize(classifier, classes.subList(from, to), from, run));
      checkpoint.save(new Checkpoint.State(to, images));
      run.report(to, classes.size(), "images");
    }
    return FoolingImage.of(classifier, images, classes, run);
  }

  private List<Raster> optimize(Classifier classifier, List<Integer> classes, int from, Run run) {
    Input input = classifier.card().input();
    int count = classes.size();
    try (Scope scope = Scope.open()) {
      Tensor grey =
          Tensor.full(0.5, count, input.channels(), input.height(), input.width())
              .to(classifier.device());
      Run own = Run.of(run.rng(0), from, count);
      Tensor first = start == Start.NOISE ? grey.add(own.normal(grey, 0).mul(0.1)) : grey;
      LoopVariable x = new LoopVariable(Bounds.PIXELS.clip(first));
      // The labels of the problem do not matter: the objective names the classes.
      Problem problem = Problem.of(classifier, x.value(), classes);
      boolean[] done = new boolean[count];
      for (int i = 0; i < steps; i++) {
        run.checkCancelled();
        int[] open = Problem.indices(done, false);
        if (open.length == 0) {
          break;
        }
        try (Scope step = Scope.open()) {
          List<Integer> targets = Arrays.stream(open).mapToObj(classes::get).toList();
          Tensor here = x.value().rows(open);
          run.countForward();
          run.countBackward();
          GradientEvaluation evaluation =
              problem.gradient(here, new Objective.CrossEntropy(targets), own.select(open));
          double[] loss = evaluation.loss().toDoubles();
          for (int k = 0; k < open.length; k++) {
            done[open[k]] = Math.exp(-loss[k]) >= confidence;
          }
          Tensor stays = PerImage.of(k -> done[open[k]] ? 0 : length, here);
          Tensor up = Norm.L2.steepest(evaluation.gradient()).mul(stays);
          x.set(x.value().withRows(open, Bounds.PIXELS.clip(here.sub(up))));
          run.step(x.value(), evaluation.loss());
        }
      }
      return Batches.rasters(x.value());
    }
  }
}
