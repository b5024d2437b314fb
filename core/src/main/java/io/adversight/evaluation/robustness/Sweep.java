package io.adversight.evaluation.robustness;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.input.InputException;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What an attack does to images as its ball grows.
 *
 * @param tracks one per image, all with the same sizes of the ball
 */
public record Sweep(List<Track> tracks) {
  private static final int TOP = 5;

  public Sweep {
    tracks = List.copyOf(tracks);
    if (tracks.isEmpty()) {
      throw new InputException("a sweep needs at least one image");
    }
  }

  /**
   * One image.
   *
   * @param image its name
   * @param label its class
   * @param before the likeliest classes of the original
   * @param steps in order of epsilon
   */
  public record Track(String image, int label, List<Score> before, List<Step> steps) {
    public Track {
      before = List.copyOf(before);
      steps = List.copyOf(steps);
    }

    /** The smallest epsilon at which the attack succeeds; empty if there is none. */
    public OptionalDouble firstFlip() {
      return steps.stream().filter(Step::success).mapToDouble(Step::epsilon).findFirst();
    }
  }

  /**
   * A class and its probability.
   *
   * @param index of the class
   */
  public record Score(int index, double probability) {}

  /**
   * One size of the ball.
   *
   * @param success whether the attack succeeded
   * @param roundedSuccess whether it succeeds after 8-bit quantization; false if not requested
   * @param label probability of the image's class
   * @param top the likeliest classes now
   * @param tracked probabilities now of the classes that were likeliest before
   * @param l0 changed values
   * @param l1 sum of absolute changes
   * @param l2 Euclidean length of the change
   * @param linf largest change
   */
  public record Step(
      double epsilon,
      boolean success,
      boolean roundedSuccess,
      double label,
      List<Score> top,
      List<Double> tracked,
      long l0,
      double l1,
      double l2,
      double linf) {
    public Step {
      top = List.copyOf(top);
      tracked = List.copyOf(tracked);
    }
  }

  /**
   * Attacks the images of a problem with balls of growing size. What does not depend on the size is
   * computed once: an attack of a single step costs one gradient, and one forward pass per size.
   *
   * @param names of the images
   * @param epsilons ascending
   */
  public static List<Track> of(
      BoundedAttack attack,
      Problem problem,
      List<String> names,
      Norm norm,
      List<Double> epsilons,
      Attacks.Rounding rounding,
      Run run) {
    List<Adversarial> results = Attacks.run(attack, problem, norm, epsilons, rounding, run);
    int images = problem.size();
    List<Track> tracks = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      Prediction before = results.get(i).before();
      List<Step> steps = new ArrayList<>();
      for (int e = 0; e < epsilons.size(); e++) {
        steps.add(step(results.get(e * images + i), before));
      }
      tracks.add(new Track(names.get(i), problem.labels().get(i), scores(before), steps));
    }
    return tracks;
  }

  private static Step step(Adversarial result, Prediction before) {
    Adversarial.Norms norms = result.norms();
    return new Step(
        result.epsilon(),
        result.success(),
        result.roundedSuccess(),
        result.after().probability(result.label()),
        scores(result.after()),
        before.top(TOP).stream().map(result.after()::probability).toList(),
        norms.l0(),
        norms.l1(),
        norms.l2(),
        norms.linf());
  }

  private static List<Score> scores(Prediction prediction) {
    return prediction.top(TOP).stream()
        .map(index -> new Score(index, prediction.probability(index)))
        .toList();
  }

  /** The sizes of the ball. */
  public List<Double> epsilons() {
    return tracks.get(0).steps().stream().map(Step::epsilon).toList();
  }

  /** The images that reach the goal, for each size of the ball. */
  public List<Proportion> success() {
    List<Proportion> all = new ArrayList<>();
    for (int e = 0; e < epsilons().size(); e++) {
      int at = e;
      long count = tracks.stream().filter(track -> track.steps().get(at).success()).count();
      all.add(new Proportion(count, tracks.size()));
    }
    return all;
  }

  /** The mean of a number over the images, for each size of the ball. */
  public List<Double> mean(ToDoubleFunction<Step> number) {
    List<Double> all = new ArrayList<>();
    for (int e = 0; e < epsilons().size(); e++) {
      int at = e;
      all.add(
          tracks.stream()
              .mapToDouble(track -> number.applyAsDouble(track.steps().get(at)))
              .average()
              .orElseThrow());
    }
    return all;
  }

  /**
   * The epsilon at which half of the images have flipped: the lower median of their first flips,
   * where those that never flip come last; empty if more than half never do.
   */
  public OptionalDouble medianFirstFlip() {
    double median =
        tracks.stream()
            .mapToDouble(track -> track.firstFlip().orElse(Double.POSITIVE_INFINITY))
            .sorted()
            .skip((tracks.size() - 1) / 2)
            .findFirst()
            .orElseThrow();
    return Double.isInfinite(median) ? OptionalDouble.empty() : OptionalDouble.of(median);
  }
}
