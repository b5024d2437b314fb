package io.adversight.attack.latent;

import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.model.Activations;
import io.adversight.model.LatentModel;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Adam;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Optimizer;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Moves codes z from those of the images towards target classes, by Adam on
 *
 * <pre>J2(z) + cycle J2(encode(decode(z))) + realness log(1 + exp(-d(z))) + k J1(decode(z))</pre>
 *
 * (Tang et al. 2019, section 3): J2 is the cross-entropy of the generative model's classifier for
 * the target, d the discriminator's logit, J1 the cross-entropy of the attacked network for the
 * label on the decoded image, whose gradient flows through the decoder, and k the weight of {@link
 * KeepPenalty}, one per image. The second term is ours: what the classifier sees in a code must be
 * in its image, too. Without the penalty this is a transition.
 *
 * @param steps of Adam
 * @param rate of Adam, in units of the code
 * @param realness weight of the discriminator's term
 * @param cycle weight of the loss of the decoded image's code
 * @param penalty how the attacked network's label is kept
 */
public record LatentWalk(
    int steps, double rate, double realness, double cycle, KeepPenalty penalty) {
  /** The walk of a Type I attack on digits: the attacked network keeps its label. */
  public static LatentWalk keeping() {
    return new TypeOne().walk();
  }

  /** A transition of digits, which ignores the attacked network. */
  public static LatentWalk free() {
    return new TypeOne().transition();
  }

  public LatentWalk {
    Check.atLeast(1, steps, "steps");
    Check.positive(rate, "rate");
    Check.atLeast(0.0, realness, "realness");
    Check.atLeast(0.0, cycle, "cycle");
  }

  /**
   * One point of the walk of a batch; tensors live until the listener returns.
   *
   * @param step how many steps were made, from 0 on
   * @param codes (N, size)
   * @param images decoded, (N, C, H, W), pixels in [0, 1]
   * @param logits of the attacked network for them, (N, classes)
   * @param judged logits of the generative model's classifier for the codes of the decoded images,
   *     (N, classes)
   * @param authenticity the discriminator's logits, (N)
   * @param target both terms of J2 of each image
   * @param kept J1 of each image
   * @param weights k of each image, as they apply to this point
   */
  public record Point(
      int step,
      Tensor codes,
      Tensor images,
      Tensor logits,
      Tensor judged,
      Tensor authenticity,
      List<Double> target,
      List<Double> kept,
      List<Double> weights) {}

  /** Hears of every point, the first and the last among them. */
  @FunctionalInterface
  public interface Listener {
    void at(Point point);
  }

  /**
   * Walks and returns the last codes, (N, size).
   *
   * @param problem the images, their labels and the attacked network
   * @param targets one class of the generative model per image
   */
  public Tensor run(
      LatentModel model, Problem problem, List<Integer> targets, Run run, Listener listener) {
    double[] weights = new double[problem.size()];
    try (Scope scope = Scope.open()) {
      Optimizer adam = new Adam();
      Optimizer.State state = adam.start(List.of(model.encode(problem.pixels().detach())));
      for (int step = 0; step <= steps; step++) {
        try (Scope inner = Scope.open()) {
          Tensor leaf = state.values().get(0).leaf();
          Losses losses = losses(model, problem, targets, leaf, run);
          double[] target = losses.target().toDoubles();
          double[] kept = losses.kept().toDoubles();
          listener.at(losses.point(step, target, kept, weights));
          run.step(losses.images().detach(), losses.kept().detach());
          if (step < steps) {
            run.countBackward();
            Tensor gradient = Gradients.of(losses.sum(realness, weights), leaf);
            state = state.replaced(inner, adam.step(state, List.of(gradient), rate));
            for (int i = 0; i < weights.length; i++) {
              weights[i] = penalty.next(weights[i], kept[i], target[i]);
            }
          }
        }
      }
      return scope.keep(state.values().get(0).alias());
    }
  }

  /**
   * What is computed at codes, recorded if they are.
   *
   * @param target both terms of J2, (N)
   * @param stray the discriminator's term, (N)
   * @param kept J1, (N)
   */
  record Losses(
      Tensor codes,
      Tensor images,
      Tensor logits,
      Tensor judged,
      Tensor authenticity,
      Tensor target,
      Tensor stray,
      Tensor kept) {
    /**
     * What is minimised, summed over the images, shape (). A term without weight is left out, so
     * that no gradient is computed through the attacked network.
     */
    Tensor sum(double realness, double... weights) {
      Tensor free = target.add(stray.mul(realness));
      boolean isFree = Arrays.stream(weights).allMatch(weight -> weight == 0);
      return isFree ? free.sum() : free.add(kept.mul(PerImage.of(weights, kept))).sum();
    }

    private Point point(int step, double[] targets, double[] losses, double[] weights) {
      return new Point(
          step,
          codes.detach(),
          images.detach(),
          logits.detach(),
          judged.detach(),
          authenticity.detach(),
          boxed(targets),
          boxed(losses),
          boxed(weights));
    }

    private static List<Double> boxed(double... values) {
      return Arrays.stream(values).boxed().toList();
    }
  }

  /** The losses at codes; one forward pass of the attacked network, counted. */
  Losses losses(LatentModel model, Problem problem, List<Integer> targets, Tensor codes, Run run) {
    run.countForward();
    Tensor images = model.decode(codes);
    Tensor logits = problem.classifier().logits(images);
    Tensor judged = model.classify(model.encode(images));
    Tensor authenticity = model.discriminate(codes);
    Tensor own = crossEntropy(targets, model.classify(codes));
    return new Losses(
        codes,
        images,
        logits,
        judged,
        authenticity,
        own.add(crossEntropy(targets, judged).mul(cycle)),
        Kernels.softplus(authenticity.neg()),
        crossEntropy(problem.labels(), logits));
  }

  /**
   * What a step makes smaller, summed over the images, shape ().
   *
   * @param weights k of each image
   */
  public Tensor objective(
      LatentModel model, Problem problem, List<Integer> targets, Tensor codes, double... weights) {
    return losses(model, problem, targets, codes, Run.of(problem.size())).sum(realness, weights);
  }

  private static Tensor crossEntropy(List<Integer> classes, Tensor logits) {
    return new Objective.CrossEntropy(classes).values(Activations.ofLogits(logits));
  }
}
