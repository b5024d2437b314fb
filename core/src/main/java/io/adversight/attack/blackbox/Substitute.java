package io.adversight.attack.blackbox;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * Trains a substitute network on the oracle's labels, attacks it, and carries the images over
 * (Papernot et al. 2017). The substitute learns from all images of the batch together: with one
 * image it knows less than with many, so here the result depends on the batch.
 *
 * @param queries most images asked for an image
 * @param training how the substitute is trained
 * @param attack what is run on the substitute
 */
@Doc("Black-box attack by a substitute network")
@Paper("papernot2017")
public record Substitute(
    @Doc("maximum queries per image") int queries,
    @Doc("training of the substitute network") SubstituteTraining training,
    @Doc("attack on the substitute network") BoundedAttack attack)
    implements BlackBoxBoundedAttack {
  /** The paper's setting: six rounds of augmentation, then the fast gradient sign method. */
  public Substitute() {
    this(64, new SubstituteTraining(), new Fgsm());
  }

  public Substitute {
    Check.atLeast(2, queries, "queries");
  }

  @Override
  public boolean isPerImage() {
    return false;
  }

  @Override
  public void check(int classes, boolean targeted) {
    attack.check(classes, targeted);
  }

  @Override
  public Set<Norm> norms() {
    return attack.norms();
  }

  @Override
  public Oracle.Answer answer() {
    return Oracle.Answer.LABELS;
  }

  @Override
  public Tensor perturb(BlackBoxProblem problem, Ball ball, Run run) {
    try (Scope scope = Scope.open()) {
      Problem open =
          Problem.of(
                  training.train(problem.oracle(), problem.pixels(), problem.bounds(), run),
                  problem.pixels(),
                  problem.labels())
              .with(problem.goal())
              .with(problem.bounds());
      Problem allowed = problem.mask().map(open::within).orElse(open);
      // Passes through the substitute are no queries: they count on a run of their own.
      return scope.keep(attack.perturb(allowed, ball, run.restarted()).alias());
    }
  }
}
