package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Walks along the boundary by rejection: a random step on the sphere around the original, then one
 * towards it, kept if the image is still adversarial; both step lengths follow the success rates
 * (Brendel et al. 2018, algorithm 1 and figure 2). Sees classes only. Before the walk the start is
 * moved to the boundary by bisection.
 *
 * @param queries most images asked for an image
 * @param orthogonalStep first step on the sphere, relative to the distance
 * @param sourceStep first step towards the original, relative to the distance
 */
@Doc("Boundary attack")
@Paper("brendel2018")
public record BoundaryAttack(
    @Doc("maximum queries per image") int queries,
    @Doc("initial step on the sphere, relative to the distance") double orthogonalStep,
    @Doc("initial step towards the original, relative to the distance") double sourceStep)
    implements BlackBoxMinimalAttack {
  private static final int CHECK_EVERY = 10;
  private static final int MEMORY = 30;
  private static final double CHANGE = 1.5;
  private static final double CONVERGED = 1e-7;

  /** 25,000 queries, both steps a hundredth of the distance. */
  public BoundaryAttack() {
    this(25000, 0.01, 0.01);
  }

  public BoundaryAttack {
    Check.atLeast(10, queries, "queries");
    Check.positive(orthogonalStep, "orthogonalStep");
    Check.positive(sourceStep, "sourceStep");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L2);
  }

  @Override
  public Oracle.Answer answer() {
    return Oracle.Answer.LABELS;
  }

  /** The step lengths of one image and how often its steps succeeded lately. */
  private static final class Steps {
    private double orthogonal;
    private double source;
    private int tried;
    private int kept;
    private int sphereTried;
    private int sphereKept;

    /** Brendel et al.: about half of the steps on the sphere should succeed, a quarter of all. */
    void adapt() {
      if (sphereTried >= MEMORY / 3) {
        double rate = (double) sphereKept / sphereTried;
        double factor = rate > 0.5 ? CHANGE : rate < 0.2 ? 1 / CHANGE : 1;
        orthogonal *= factor;
        source *= factor;
        sphereTried = 0;
        sphereKept = 0;
      }
      if (tried >= MEMORY) {
        double rate = (double) kept / tried;
        source *= rate > 0.25 ? CHANGE : rate < 0.1 ? 1 / CHANGE : 1;
        tried = 0;
        kept = 0;
      }
    }
  }

  @Override
  public Tensor perturb(BlackBoxProblem problem, Norm norm, Run run) {
    try (Scope scope = Scope.open()) {
      StartingPoint start = StartingPoint.find(problem, run);
      LoopVariable x = new LoopVariable(start.images());
      int[] walking = start.walking();
      if (walking.length > 0) {
        BlackBoxProblem part = problem.select(walking);
        LoopVariable near = new LoopVariable(x.value().rows(walking));
        Bisection.towards(part, Norm.L2, near, 1e-3);
        optimizer(part, near, run.select(walking));
        x.set(x.value().withRows(walking, near.value()));
      }
      return scope.keep(x.value());
    }
  }

  private void optimizer(BlackBoxProblem problem, LoopVariable x, Run run) {
    Steps[] steps = new Steps[problem.size()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = new Steps();
      steps[i].orthogonal = orthogonalStep;
      steps[i].source = sourceStep;
    }
    for (int i = 0; ; i++) {
      int[] active =
          IntStream.range(0, steps.length)
              .filter(k -> problem.oracle().left(k) >= 2 && steps[k].source > CONVERGED)
              .toArray();
      if (active.length == 0) {
        return;
      }
      try (Scope scope = Scope.open()) {
        step(
            problem.select(active),
            active,
            x,
            run.select(active),
            Arrays.stream(active).mapToObj(k -> steps[k]).toArray(Steps[]::new),
            i);
      }
    }
  }

  private static void step(
      BlackBoxProblem part, int[] active, LoopVariable x, Run run, Steps[] steps, int index) {
    Tensor original = part.pixels();
    Tensor here = x.value().rows(active);
    Tensor away = here.sub(original);
    Tensor distance = away.l2PerImage();
    Tensor unit = Norm.L2.steepest(away);
    Tensor orthogonal = PerImage.of(k -> steps[k].orthogonal, here);
    Tensor source = PerImage.of(k -> steps[k].source, here);
    Tensor draw = run.normal(here, index);
    Tensor tangent = draw.sub(unit.mul(draw.mul(unit).sumPerImage()));
    Tensor eta = Norm.L2.steepest(tangent).mul(orthogonal).mul(distance);
    Tensor root = orthogonal.square().add(1).sqrt();
    Tensor sphere = part.clip(original.add(away.add(eta).div(root)));
    if (index % CHECK_EVERY == 0) {
      boolean[] onSphere = part.ask(sphere);
      for (int k = 0; k < steps.length; k++) {
        steps[k].sphereTried++;
        steps[k].sphereKept += onSphere[k] ? 1 : 0;
      }
    }
    Tensor outward = sphere.sub(original);
    Tensor far = outward.l2PerImage();
    Tensor length = far.sub(distance.mul(source.neg().add(1))).relu(); // to (1 - source) distance
    Tensor candidate = part.clip(sphere.sub(Norm.L2.steepest(outward).mul(length)));
    boolean[] reached = part.ask(candidate);
    double[] before = distance.toDoubles();
    double[] after = candidate.sub(original).l2PerImage().toDoubles();
    for (int k = 0; k < steps.length; k++) {
      steps[k].tried++;
      steps[k].kept += reached[k] ? 1 : 0;
      steps[k].adapt();
      reached[k] &= after[k] < before[k];
    }
    int[] better = Problem.indices(reached, true);
    if (better.length > 0) {
      int[] places = Arrays.stream(better).map(k -> active[k]).toArray();
      x.set(x.value().withRows(places, candidate.rows(better)));
    }
    run.step(candidate, distance.reshape(-1));
  }
}
