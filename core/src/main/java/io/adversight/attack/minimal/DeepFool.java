package io.adversight.attack.minimal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Steps to the nearest of the linearised class boundaries until the class changes (Moosavi-Dezfooli
 * et al. 2016, algorithm 2; equations 10 and 11 for other norms than L2). Each step is taken from
 * the point with overshoot, as the authors' program does. A targeted goal leaves the target's
 * boundary as the only candidate. Where clipping takes away what carries a step over the boundary,
 * steps get ever shorter; none is shorter than what changes the class by more than rounding.
 *
 * @param steps at most so many
 * @param overshoot by which the perturbation is lengthened to cross the boundary
 * @param candidates classes whose boundaries are looked at, the highest at the original image
 * @param variant which published program is followed in the details
 */
@Doc("DeepFool")
@Paper("moosavi2016")
public record DeepFool(
    @Doc("maximum steps") int steps,
    @Doc("share by which the perturbation is lengthened") double overshoot,
    @Doc("number of candidate classes") int candidates,
    @Doc("published formula that is followed") Variant variant)
    implements MinimalAttack {

  /** How the perturbation is built up from the steps. */
  public enum Variant {
    /** The sum of all steps is lengthened by the overshoot. */
    PAPER,
    /** As the paper, with 1e-4 added to the length of every step. */
    FOOLBOX,
    /** Every step is lengthened by itself. */
    TORCHATTACKS
  }

  /** The paper's setting. */
  public DeepFool() {
    this(50, 0.02, 10, Variant.PAPER);
  }

  public DeepFool {
    Check.atLeast(1, steps, "steps");
    Check.atLeast(0.0, overshoot, "overshoot");
    Check.atLeast(2, candidates, "candidates");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L2, Norm.LINF);
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    try (Scope scope = Scope.open()) {
      LoopVariable result = new LoopVariable(problem.pixels());
      LoopVariable x = new LoopVariable(problem.pixels());
      LoopVariable total = new LoopVariable(problem.pixels().fullLike(0));
      ActiveImages active = ActiveImages.all(problem, run);
      List<List<Integer>> rivals = new ArrayList<>();
      for (int i = 0; i < steps && !active.isEmpty(); i++) {
        boolean[] reached;
        try (Scope step = Scope.open()) {
          Tensor leaf = x.value().leaf();
          Tensor logits = active.problem().recordedLogits(leaf, active.run());
          if (i == 0) {
            rivals.addAll(rivals(problem, logits));
          }
          reached = active.problem().reachedBeyondRounding(logits);
          result.set(result.value().withRows(active.images(), x.value()));
          if (Problem.indices(reached, false).length > 0) {
            advance(active, norm, leaf, logits, rivals, x, total);
          }
        }
        active = active.keep(Problem.indices(reached, false), x, total);
      }
      return scope.keep(
          active.isEmpty()
              ? result.value().alias()
              : result.value().withRows(active.images(), x.value()));
    }
  }

  /** For each image, the classes whose boundaries are looked at. */
  private List<List<Integer>> rivals(Problem problem, Tensor logits) {
    List<Prediction> predictions = Prediction.of(logits);
    List<List<Integer>> rivals = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      int label = problem.labels().get(i);
      rivals.add(
          problem.goal() instanceof Goal.MisclassifyAs as
              ? List.of(as.targets().get(i))
              : predictions.get(i).top(candidates).stream().filter(k -> k != label).toList());
    }
    return rivals;
  }

  private void advance(
      ActiveImages active,
      Norm norm,
      Tensor leaf,
      Tensor logits,
      List<List<Integer>> rivals,
      LoopVariable x,
      LoopVariable total) {
    boolean targeted = active.problem().goal() instanceof Goal.MisclassifyAs;
    Tensor own =
        targeted ? logits.max(1) : logits.gather(1, classes(active.problem().labels(), logits));
    Tensor least = Problem.rounding(logits).mul(2);
    Tensor distance = PerImage.column(logits.max(1).fullLike(Float.MAX_VALUE), leaf);
    Tensor direction = leaf.detach().fullLike(0);
    int most = rivals.stream().mapToInt(List::size).max().orElse(0);
    for (int k = 0; k < most; k++) {
      List<Integer> classes = new ArrayList<>();
      for (int image : active.images()) {
        List<Integer> some = rivals.get(image);
        classes.add(some.get(Math.min(k, some.size() - 1)));
      }
      Tensor f = logits.gather(1, classes(classes, logits)).sub(own);
      active.run().countBackward();
      Tensor evaluation = Gradients.of(f, List.of(leaf), Gradients.Recording.KEEP).get(0);
      Tensor w = active.problem().masked(evaluation);
      Tensor size = norm == Norm.LINF ? w.l1PerImage() : w.l2PerImage();
      Tensor gap = f.detach().abs().maximum(least);
      Tensor far = PerImage.column(gap, leaf).div(size.clamp(1e-30, Double.MAX_VALUE));
      Tensor nearer = far.lt(distance);
      distance = nearer.choose(far, distance);
      direction = nearer.choose(norm.steepest(w), direction);
    }
    double extra = variant == Variant.FOOLBOX ? 1e-4 : 0;
    Tensor r = direction.mul(distance.add(extra)); // equations 9 and 11
    Tensor sum = total.value().add(r);
    Tensor next =
        variant == Variant.TORCHATTACKS
            ? x.value().add(r.mul(1 + overshoot))
            : active.pixels().add(sum.mul(1 + overshoot));
    total.set(sum);
    x.set(active.problem().clip(next));
    active.run().step(x.value(), distance.reshape(-1));
  }

  private static Tensor classes(List<Integer> classes, Tensor logits) {
    long[] indices = classes.stream().mapToLong(Integer::longValue).toArray();
    return Tensor.of(indices, indices.length, 1).to(logits.device());
  }
}
