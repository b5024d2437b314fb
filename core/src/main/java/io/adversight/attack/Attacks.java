package io.adversight.attack;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.input.InputException;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.tensor.TensorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs attacks: projects their results onto the ball and clips them to [0, 1], classifies them
 * again, counts iterations and passes, and divides the images into batches.
 *
 * <pre>{@code
 * Problem problem = Problem.of(classifier, pixels, labels); // (N, C, H, W) in [0, 1]
 * List<Adversarial> results =
 *     Attacks.run(
 *         new Pgd(),
 *         problem,
 *         Norm.LINF,
 *         List.of(8 / 255.0),
 *         Attacks.Rounding.CHECK,
 *         Run.of(problem.size()));
 * }</pre>
 *
 * <p>Every method throws {@link java.util.concurrent.CancellationException} once its run is
 * cancelled.
 */
public final class Attacks {
  private Attacks() {}

  /** Whether adversarial images are also classified after 8-bit quantization, as in a PNG file. */
  public enum Rounding {
    /** They are, at the cost of one forward pass. */
    CHECK,
    /** They are not. */
    SKIP
  }

  /**
   * What is done around an attack.
   *
   * @param rounding whether adversarial images are also classified after 8-bit quantization
   * @param quantize whether results are images with 8-bit values
   * @param skipReached whether images whose clean version reaches the goal are not attacked
   * @param diagnose whether causes of failures are reported, at the cost of at most one gradient
   *     and one forward pass per image
   * @param batch images at a time; fewer where memory does not suffice
   */
  public record Settings(
      Rounding rounding, boolean quantize, boolean skipReached, boolean diagnose, int batch) {
    public Settings {
      Check.atLeast(1, batch, "batch");
    }

    /** One batch of all images, no quantized results, nothing skipped, no diagnoses. */
    public static Settings of(Rounding rounding) {
      return new Settings(rounding, false, false, false, Integer.MAX_VALUE);
    }

    /** These settings with another number of images at a time. */
    public Settings withBatch(int images) {
      return new Settings(rounding, quantize, skipReached, diagnose, images);
    }

    /** These settings with failures explained. */
    public Settings explained() {
      return new Settings(rounding, quantize, skipReached, true, batch);
    }

    /** These settings with results that a PNG can hold. */
    public Settings quantized() {
      return new Settings(rounding, true, skipReached, diagnose, batch);
    }

    /** These settings with images that reach the goal as they are left alone. */
    public Settings skippingReached() {
      return new Settings(rounding, quantize, true, diagnose, batch);
    }
  }

  /**
   * Runs a bounded attack at several epsilons; what does not depend on epsilon is computed once.
   *
   * @param epsilons radii of the ball in the norm, pixels in [0, 1], such as 8/255
   * @return for each epsilon in turn, one result per image
   * @throws IllegalArgumentException if the attack does not support the norm, or an epsilon is
   *     negative or larger than any perturbation can be
   */
  public static List<Adversarial> run(
      BoundedAttack attack,
      Problem problem,
      Norm norm,
      List<Double> epsilons,
      Rounding rounding,
      Run run) {
    return run(attack, problem, norm, epsilons, Settings.of(rounding), run, result -> {});
  }

  /**
   * Runs a bounded attack at several epsilons, with settings.
   *
   * @param epsilons radii of the ball in the norm, pixels in [0, 1]
   * @param finished receives every result as soon as its batch is done
   * @return for each epsilon in turn, one result per image
   * @throws IllegalArgumentException if the attack does not support the norm, or an epsilon is
   *     negative or larger than any perturbation can be
   */
  public static List<Adversarial> run(
      BoundedAttack attack,
      Problem problem,
      Norm norm,
      List<Double> epsilons,
      Settings settings,
      Run run,
      Consumer<Adversarial> finished) {
    checkNorm(attack.norms(), norm);
    epsilons.forEach(epsilon -> checkEpsilon(problem, norm, epsilon));
    checkQuantize(settings, problem);
    List<PreparedAttack> searches =
        epsilons.stream()
            .map(epsilon -> PreparedAttack.within(attack, new Ball(norm, epsilon)))
            .toList();
    return run(searches, problem, settings, run, finished);
  }

  /**
   * Runs a minimum-norm attack.
   *
   * @param norm that is minimized
   * @return one result per image
   * @throws IllegalArgumentException if the attack does not support the norm
   */
  public static List<Adversarial> run(
      MinimalAttack attack, Problem problem, Norm norm, Rounding rounding, Run run) {
    return run(attack, problem, norm, Settings.of(rounding), run, result -> {});
  }

  /**
   * Runs a minimum-norm attack, with settings.
   *
   * @param norm that is minimized
   * @param finished receives every result as soon as its batch is done
   * @return one result per image
   * @throws IllegalArgumentException if the attack does not support the norm
   */
  public static List<Adversarial> run(
      MinimalAttack attack,
      Problem problem,
      Norm norm,
      Settings settings,
      Run run,
      Consumer<Adversarial> finished) {
    checkNorm(attack.norms(), norm);
    checkQuantize(settings, problem);
    return run(List.of(PreparedAttack.nearest(attack, norm)), problem, settings, run, finished);
  }

  /**
   * Runs an attack of any of the three kinds.
   *
   * @param norm of bounded and minimum-norm attacks
   * @param epsilons radii of the ball for a bounded attack; ignored by the others
   * @return for each epsilon in turn, one result per image; one result per image for the others
   * @throws IllegalArgumentException if a bounded attack gets no epsilon, or the attack does not
   *     support the norm
   */
  public static List<Adversarial> runAny(
      Attack attack,
      Problem problem,
      Norm norm,
      List<Double> epsilons,
      Settings settings,
      Run run) {
    if (attack instanceof BoundedAttack bounded) {
      if (epsilons.isEmpty()) {
        throw new InputException("a bounded attack needs an epsilon, such as 8/255");
      }
      return run(bounded, problem, norm, epsilons, settings, run, result -> {});
    }
    if (attack instanceof MinimalAttack minimal) {
      return run(minimal, problem, norm, settings, run, result -> {});
    }
    return run((TransformAttack) attack, problem, settings, run, result -> {});
  }

  /**
   * Runs an attack that transforms the image as a whole, which no ball bounds.
   *
   * @param finished receives every result as soon as its batch is done
   * @return one result per image
   */
  public static List<Adversarial> run(
      TransformAttack attack,
      Problem problem,
      Settings settings,
      Run run,
      Consumer<Adversarial> finished) {
    checkQuantize(settings, problem);
    Problem own = problem.with(attack.goal(problem.goal()));
    return run(List.of(PreparedAttack.transforming(attack)), own, settings, run, finished);
  }

  /**
   * The adversarial images alone, (N, C, H, W) inside the ball and [0, 1], for callers that
   * classify them in a pass of their own.
   *
   * @param norm of bounded and minimal attacks
   * @param epsilon of bounded attacks
   * @throws IllegalArgumentException if the attack does not know the norm, or the epsilon is larger
   *     than any change can be
   */
  public static Tensor changed(Attack attack, Problem problem, Norm norm, double epsilon, Run run) {
    return search(attack, problem, norm, epsilon).run(problem, run, false);
  }

  /**
   * Why an attack on these images may have failed, image by image.
   *
   * @param epsilon of bounded attacks
   */
  public static List<List<Diagnosis>> diagnose(
      Attack attack, Problem problem, Norm norm, double epsilon, Run run) {
    return Diagnosis.ofFailures(
        problem,
        search(attack, problem, norm, epsilon).ball(),
        new boolean[problem.size()],
        run.restarted());
  }

  private static PreparedAttack search(Attack attack, Problem problem, Norm norm, double epsilon) {
    if (attack instanceof BoundedAttack bounded) {
      checkNorm(bounded.norms(), norm);
      checkEpsilon(problem, norm, epsilon);
      return PreparedAttack.within(bounded, new Ball(norm, epsilon));
    }
    if (attack instanceof MinimalAttack minimal) {
      checkNorm(minimal.norms(), norm);
      return PreparedAttack.nearest(minimal, norm);
    }
    return PreparedAttack.transforming((TransformAttack) attack);
  }

  private static List<Adversarial> run(
      List<PreparedAttack> searches,
      Problem problem,
      Settings settings,
      Run run,
      Consumer<Adversarial> finished) {
    int images = problem.size();
    if (run.size() != images) {
      throw new IllegalArgumentException(
          "a run over %s images is needed, but this one has %s".formatted(images, run.size()));
    }
    List<List<Adversarial>> bySearch = new ArrayList<>();
    searches.forEach(search -> bySearch.add(new ArrayList<>()));
    int batch = Math.min(settings.batch(), images);
    int first = 0;
    while (first < images) {
      int[] part = IntStream.range(first, Math.min(images, first + batch)).toArray();
      List<List<Adversarial>> results;
      try {
        results = attack(searches, problem, part, settings, run);
      } catch (TensorException.OutOfMemory e) {
        if (part.length == 1) {
          throw e;
        }
        batch = part.length / 2;
        continue;
      }
      for (int i = 0; i < part.length; i++) {
        for (int s = 0; s < searches.size(); s++) {
          Adversarial result = results.get(s).get(i);
          bySearch.get(s).add(result);
          finished.accept(result);
        }
      }
      first += part.length;
      run.report(first, images, "images");
    }
    return bySearch.stream().flatMap(List::stream).toList();
  }

  /** The results of every search for a part of the images. */
  private static List<List<Adversarial>> attack(
      List<PreparedAttack> searches, Problem whole, int[] part, Settings settings, Run run) {
    try (Scope scope = Scope.open()) {
      boolean all = part.length == whole.size();
      Problem problem = all ? whole : whole.select(part);
      Run partRun = all ? run : run.select(part);
      int[] wanted = IntStream.range(0, part.length).toArray();
      if (settings.skipReached() && !(problem.goal() instanceof Goal.Keep)) {
        boolean[] reached = problem.reached(problem.startingLogits(partRun.restarted()));
        wanted = Problem.indices(reached, false);
      }
      Problem open = wanted.length == part.length ? problem : problem.select(wanted);
      List<List<Adversarial>> results = new ArrayList<>();
      for (PreparedAttack search : searches) {
        Run own = partRun.restarted();
        try (Scope inner = Scope.open()) {
          long start = System.nanoTime();
          Tensor changed = problem.pixels();
          if (wanted.length == part.length) {
            changed = search.run(problem, own, settings.quantize());
          } else if (wanted.length > 0) {
            Tensor found = search.run(open, own.select(wanted), settings.quantize());
            changed = changed.withRows(wanted, found);
          }
          Evaluation evaluation = new Evaluation(problem, part[0], search, settings, own, start);
          results.add(evaluation.of(changed));
        }
      }
      return results;
    }
  }

  private static void checkNorm(Set<Norm> known, Norm norm) {
    if (!known.contains(norm)) {
      throw new InputException(
          "this attack does not know the norm %s; it knows %s"
              .formatted(norm, known.stream().sorted().toList()));
    }
  }

  private static void checkEpsilon(Problem problem, Norm norm, double epsilon) {
    double range = problem.bounds().high() - problem.bounds().low();
    if (norm == Norm.LINF && epsilon > range) {
      throw new InputException(
          ("epsilon %s is larger than any change of a pixel in [%s, %s] can be; for grey levels"
                  + " write %s/255")
              .formatted(epsilon, problem.bounds().low(), problem.bounds().high(), epsilon));
    }
  }

  private static void checkQuantize(Settings settings, Problem problem) {
    if (settings.quantize() && !problem.bounds().equals(Bounds.PIXELS)) {
      throw new InputException(
          "only pixels in [0, 1] can be quantized to 8 bit, but these are in %s"
              .formatted(problem.bounds()));
    }
  }
}
