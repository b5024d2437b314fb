package io.adversight.attack.minimal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.TargetClasses;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Changes, pair by pair, the two values whose joint rise lifts the target's logit most while it
 * lowers the others' (Papernot et al. 2016, algorithm 3 and equation 10). Without a target the
 * runner-up class is aimed at. On large images the pairs are formed of the values that are best by
 * themselves.
 *
 * @param theta added to both values of a pair; negative to darken
 * @param distortion share of all values that may be changed
 * @param pool values of which pairs are formed
 */
@Doc("Jacobian-based saliency map attack")
@Paper("papernot2016jsma")
public record JacobianSaliency(
    @Doc("added to the two values of a pair") double theta,
    @Doc("share of all values that may be changed") double distortion,
    @Doc("number of values from which pairs are formed") int pool)
    implements MinimalAttack {
  /** The paper's setting for MNIST: full increase, at most 14.5 % of the values. */
  public JacobianSaliency() {
    this(1, 0.145, 3072);
  }

  public JacobianSaliency {
    Check.within(-1.0, 1.0, theta, "theta");
    if (theta == 0) {
      throw new IllegalArgumentException("theta must not be 0");
    }
    Check.within(0.0, 1.0, distortion, "distortion");
    Check.within(2, 8192, pool, "pool");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L0);
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    try (Scope scope = Scope.open()) {
      LoopVariable result = new LoopVariable(problem.pixels());
      ActiveImages active = ActiveImages.all(problem, run);
      LoopVariable x = new LoopVariable(problem.pixels());
      LoopVariable open = new LoopVariable(inside(problem, problem.pixels()));
      long values = problem.pixels().elements() / problem.size();
      int pairs = (int) Math.floor(values * distortion / 2);
      List<Integer> targets = new ArrayList<>();
      for (int i = 0; i <= pairs && !active.isEmpty(); i++) {
        boolean[] done;
        try (Scope step = Scope.open()) {
          Tensor leaf = x.value().leaf();
          Tensor logits = active.problem().recordedLogits(leaf, active.run());
          if (i == 0) {
            targets.addAll(TargetClasses.of(problem, logits));
          }
          done = active.problem().reachedBeyondRounding(logits);
          result.set(result.value().withRows(active.images(), x.value()));
          if (i < pairs && Problem.indices(done, false).length > 0) {
            raise(active, leaf, logits, targets, x, open, done);
          }
        }
        active = active.keep(Problem.indices(done, false), x, open);
      }
      return scope.keep(result.value());
    }
  }

  /** Values that can still move, as 0 and 1. */
  private Tensor inside(Problem problem, Tensor x) {
    Bounds bounds = problem.bounds();
    return problem.masked((theta > 0 ? x.lt(bounds.high()) : x.gt(bounds.low())).asFloat().like(x));
  }

  private void raise(
      ActiveImages active,
      Tensor leaf,
      Tensor logits,
      List<Integer> targets,
      LoopVariable x,
      LoopVariable open,
      boolean[] done) {
    int images = active.size();
    long[] own = Arrays.stream(active.images()).mapToLong(targets::get).toArray();
    Tensor target = logits.gather(1, Tensor.of(own, images, 1).to(logits.device()));
    Tensor others = logits.sum(1).sub(target);
    active.run().countBackward();
    active.run().countBackward();
    Tensor rise = Gradients.of(target, List.of(leaf), Gradients.Recording.KEEP).get(0);
    Tensor fall = Gradients.of(others, List.of(leaf), Gradients.Recording.KEEP).get(0);
    Tensor alpha = rise.mul(Math.signum(theta)).reshape(images, -1);
    Tensor beta = fall.mul(Math.signum(theta)).reshape(images, -1);
    Tensor free = open.value().reshape(images, -1).gt(0);
    double[] step = new double[Math.toIntExact(alpha.elements())];
    int values = step.length / images;
    for (int k = 0; k < images; k++) {
      if (!done[k]) {
        int[] pair = pair(alpha.narrow(0, k, 1), beta.narrow(0, k, 1), free.narrow(0, k, 1));
        done[k] = pair.length == 0; // nothing helps: this image stays as it is
        for (int value : pair) {
          step[k * values + value] = theta;
        }
      }
    }
    Tensor change = Tensor.of(step, leaf.shape().toArray()).like(x.value());
    Tensor next = active.problem().clip(x.value().add(change));
    Tensor still = inside(active.problem(), next);
    open.set(open.value().mul(still));
    x.set(next);
    active.run().step(next, target.detach().reshape(-1));
  }

  /** The best pair of one image's values, (1, D) each; empty if no pair helps. */
  private int[] pair(Tensor alpha, Tensor beta, Tensor free) {
    try (Scope scope = Scope.open()) {
      Tensor alone = free.choose(alpha.sub(beta), alpha.fullLike(-Float.MAX_VALUE));
      Tensor places = alone.top(Math.min(pool, alpha.size(1)), 1).indices();
      long count = places.size(1);
      Tensor usable = free.asFloat().gather(1, places);
      Tensor a = alpha.gather(1, places);
      Tensor b = beta.gather(1, places);
      Tensor sumA = a.add(a.reshape(count, 1));
      Tensor sumB = b.add(b.reshape(count, 1));
      Tensor both = usable.mul(usable.reshape(count, 1)).gt(0);
      Tensor numbers = a.fullLike(1).cumulativeSum(1);
      Tensor distinct = numbers.lt(numbers.reshape(count, 1));
      Tensor allowed = sumA.gt(0).and(sumB.lt(0)).and(both).and(distinct);
      Tensor score = allowed.choose(sumA.mul(sumB).neg(), sumA.fullLike(-1)); // equation 10
      Tensor flat = score.reshape(1, -1);
      if (flat.max(1).item() <= 0) {
        return new int[0];
      }
      long best = flat.argmax(1).toLongs()[0];
      long[] indices = places.toLongs();
      return new int[] {(int) indices[(int) (best / count)], (int) indices[(int) (best % count)]};
    }
  }
}
