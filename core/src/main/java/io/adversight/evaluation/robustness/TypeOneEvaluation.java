package io.adversight.evaluation.robustness;

import io.adversight.attack.latent.TypeOne;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.model.LatentModel;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Type I attacks and transitions judged by oracles, beside interpolations that ignore the attacked
 * network.
 *
 * @param model the generative model
 * @param attacked the network whose label must stay
 * @param oracles an odd number of networks; their majority says what an image shows
 * @param attack the settings
 */
public record TypeOneEvaluation(
    LatentModel model, Classifier attacked, List<Classifier> oracles, TypeOne attack) {
  private static final int SHARES = 20;

  public TypeOneEvaluation {
    oracles = List.copyOf(oracles);
  }

  /** How an image was made. */
  public enum Method {
    /** By the attack. */
    TYPE_ONE,
    /** By the same walk without the attacked network. */
    TRANSITION,
    /**
     * By the first share, in steps of 1/20, of the way to an image of the target, at which the
     * attacked network keeps the label and the oracles see the target; the whole way where there is
     * none.
     */
    PIXEL_INTERPOLATION,
    /** By such a share of the way between the codes of the two images. */
    LATENT_INTERPOLATION
  }

  /**
   * One image made by one method.
   *
   * @param image its number
   * @param label its class
   * @param target the class that it shall show
   * @param predicted by the attacked network, of the result
   * @param found whether the attack has a result that the generative model takes for the target;
   *     true for the other methods
   * @param votes oracles that predict the target for the result
   * @param pixelDistance L2 distance from the original
   * @param latentDistance L2 distance of the codes
   */
  public record Outcome(
      Method method,
      int image,
      int label,
      int target,
      int predicted,
      boolean found,
      int votes,
      double pixelDistance,
      double latentDistance) {
    /** Whether the label stays although the result is another image. */
    public boolean isKept() {
      return found && predicted == label;
    }
  }

  /** Whether the attacked network is fooled: the label stays and most oracles see the target. */
  public boolean succeeds(Outcome outcome) {
    return outcome.isKept() && 2 * outcome.votes() > oracles.size();
  }

  /**
   * All methods on a batch.
   *
   * @param first the number of the first image
   * @param ends an image of each target class, (N, C, H, W), for the interpolations
   */
  public List<Outcome> of(
      int first, Tensor pixels, List<Integer> labels, List<Integer> targets, Tensor ends, Run run) {
    List<Outcome> outcomes = new ArrayList<>();
    try (Scope scope = Scope.open()) {
      Problem problem = Problem.of(attacked, pixels, labels).with(new Goal.Keep(targets));
      Results results = new Results(first, pixels, labels, targets, outcomes);
      results.add(Method.TYPE_ONE, attack.perturb(model, problem, run));
      Tensor code = attack.transition().run(model, problem, targets, run, point -> {});
      try (Gradients.Off off = Gradients.off()) {
        results.add(Method.TRANSITION, model.decode(code));
        results.add(Method.PIXEL_INTERPOLATION, interpolated(results, pixels, ends, false));
        Tensor from = model.encode(pixels);
        Tensor to = model.encode(ends);
        results.add(Method.LATENT_INTERPOLATION, interpolated(results, from, to, true));
      }
    }
    return outcomes;
  }

  private Tensor interpolated(Results results, Tensor from, Tensor to, boolean codes) {
    Tensor best = codes ? model.decode(to) : to;
    boolean[] done = new boolean[results.labels().size()];
    for (int share = 1; share < SHARES; share++) {
      Tensor between = from.towards(to, (double) share / SHARES);
      Tensor images = codes ? model.decode(between) : between;
      long[] predicted = attacked.logits(images).argmax(1).toLongs();
      int[] votes = results.votes(images);
      List<Integer> rows = new ArrayList<>();
      for (int i = 0; i < done.length; i++) {
        if (!done[i] && predicted[i] == results.labels().get(i) && 2 * votes[i] > oracles.size()) {
          done[i] = true;
          rows.add(i);
        }
      }
      if (!rows.isEmpty()) {
        int[] chosen = rows.stream().mapToInt(row -> row).toArray();
        best = best.withRows(chosen, images.rows(chosen));
      }
    }
    return best;
  }

  /** What is made of a batch, judged. */
  private final class Results {
    private final int first;
    private final Tensor pixels;
    private final List<Integer> labels;
    private final List<Integer> targets;
    private final List<Outcome> outcomes;

    Results(
        int first,
        Tensor pixels,
        List<Integer> labels,
        List<Integer> targets,
        List<Outcome> outcomes) {
      this.first = first;
      this.pixels = pixels;
      this.labels = labels;
      this.targets = targets;
      this.outcomes = outcomes;
    }

    List<Integer> labels() {
      return labels;
    }

    /** For each image, the oracles that predict its target. */
    int[] votes(Tensor images) {
      int[] votes = new int[targets.size()];
      for (Classifier oracle : oracles) {
        long[] predicted = oracle.logits(images).argmax(1).toLongs();
        for (int i = 0; i < votes.length; i++) {
          votes[i] += predicted[i] == targets.get(i) ? 1 : 0;
        }
      }
      return votes;
    }

    void add(Method method, Tensor images) {
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        long[] predicted = attacked.logits(images).argmax(1).toLongs();
        int[] votes = votes(images);
        double[] moved = images.sub(pixels).l2PerImage().toDoubles();
        double[] codes = model.encode(images).sub(model.encode(pixels)).l2PerImage().toDoubles();
        for (int i = 0; i < votes.length; i++) {
          outcomes.add(
              new Outcome(
                  method,
                  first + i,
                  labels.get(i),
                  targets.get(i),
                  (int) predicted[i],
                  moved[i] > 0,
                  votes[i],
                  moved[i],
                  codes[i]));
        }
      }
    }
  }
}
