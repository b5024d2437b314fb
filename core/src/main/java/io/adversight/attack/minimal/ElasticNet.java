package io.adversight.attack.minimal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.iteration.BestSoFar;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Margins;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Minimises c f(x') + beta |x' - x|_1 + |x' - x|_2^2 by iterated shrinkage with momentum (Chen et
 * al. 2018, algorithm 1 in its FISTA form), c by bisection as Carlini and Wagner do.
 *
 * @param searches values of c tried
 * @param steps for each of them
 * @param rate first step length; it falls with the root of the steps left
 * @param constant first value of c
 * @param beta weight of the L1 norm
 * @param confidence margin by which the goal must be reached, in logits
 * @param decision what makes the better of two adversarial images
 */
@Doc("Elastic-net attack")
@Paper("chen2018")
public record ElasticNet(
    @Doc("values of the constant that are tried") int searches,
    @Doc("steps for each of them") int steps,
    @Doc("initial step length") double rate,
    @Doc("initial weight of the loss") double constant,
    @Doc("weight of the L1 norm") double beta,
    @Doc("confidence kappa, the required margin in logits") double confidence,
    @Doc("criterion for the best adversarial image") Decision decision)
    implements MinimalAttack {

  /** How adversarial images are compared. */
  public enum Decision {
    /** By beta |r|_1 + |r|_2^2. */
    ELASTIC_NET,
    /** By |r|_1. */
    L1
  }

  /** The setting of the authors' program. */
  public ElasticNet() {
    this(9, 1000, 0.01, 0.001, 0.001, 0, Decision.ELASTIC_NET);
  }

  public ElasticNet {
    Check.atLeast(1, searches, "searches");
    Check.atLeast(1, steps, "steps");
    Check.positive(rate, "rate");
    Check.positive(constant, "constant");
    Check.atLeast(0.0, beta, "beta");
    Check.atLeast(0.0, confidence, "confidence");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L1);
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    UnaryOperator<Tensor> size =
        decision == Decision.L1
            ? Tensor::l1PerImage
            : r -> r.l1PerImage().mul(beta).add(r.square().sumPerImage());
    try (Scope scope = Scope.open()) {
      BestSoFar best = new BestSoFar(problem, size);
      ActiveImages unsolved = ActiveImages.unsolved(problem, run, best);
      ConstantSearch weights = new ConstantSearch(problem.size(), constant);
      for (int i = 0; i < searches && !unsolved.isEmpty(); i++) {
        boolean[] found = descend(unsolved, best, weights.constants());
        for (int image : unsolved.images()) {
          weights.next(image, found[image]);
        }
      }
      return scope.keep(best.images());
    }
  }

  /** Whether each image of the whole batch came to the goal on the way down. */
  private boolean[] descend(ActiveImages all, BestSoFar best, double[] constants) {
    boolean[] found = new boolean[constants.length];
    Objective gap = all.problem().objective(Loss.MARGIN).negate();
    try (Scope scope = Scope.open()) {
      LoopVariable x = new LoopVariable(all.pixels());
      LoopVariable y = new LoopVariable(all.pixels());
      for (int i = 0; i < steps; i++) {
        try (Scope step = Scope.open()) {
          GradientEvaluation evaluation = all.problem().gradient(y.value(), gap, all.run());
          double[] losses = evaluation.loss().toDoubles();
          double[] own = all.of(constants);
          Tensor weight =
              PerImage.of(k -> losses[k] > -confidence ? own[k] : 0, evaluation.gradient());
          Tensor change = y.value().sub(all.pixels());
          Tensor gradient = change.mul(2).add(evaluation.gradient().mul(weight));
          double length = rate * Math.sqrt(1 - (double) i / steps);
          Tensor next = shrink(y.value().sub(gradient.mul(length)), all);
          Tensor logits = all.problem().logits(next, all.run());
          boolean[] reached = reached(all, logits);
          for (int k = 0; k < reached.length; k++) {
            found[all.image(k)] |= reached[k];
          }
          best.offer(all, next, reached);
          all.run().step(next, evaluation.loss());
          double momentum = i / (i + 3.0);
          y.set(next.add(next.sub(x.value()).mul(momentum)));
          x.set(next);
        }
      }
    }
    return found;
  }

  private boolean[] reached(ActiveImages all, Tensor logits) {
    boolean[] reached = all.problem().reachedBeyondRounding(logits);
    if (confidence > 0) {
      double[] losses = Margins.of(all.problem(), logits);
      for (int k = 0; k < reached.length; k++) {
        reached[k] &= losses[k] <= -confidence;
      }
    }
    return reached;
  }

  /** Changes of at most beta vanish, others lose beta (equation 5). */
  private Tensor shrink(Tensor z, ActiveImages all) {
    Tensor change = z.sub(all.pixels());
    Tensor kept = change.abs().sub(beta).relu().mul(change.sign());
    return all.problem().clip(all.pixels().add(kept));
  }
}
