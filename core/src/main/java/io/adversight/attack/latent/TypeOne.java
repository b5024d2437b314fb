package io.adversight.attack.latent;

import io.adversight.attack.TransformAttack;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.input.InputException;
import io.adversight.model.Activations;
import io.adversight.model.LatentModel;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Type I adversarial example: an image changed so much that it shows another class, which the
 * attacked network does not notice (Tang et al. 2019, section 3). The code of a generative model
 * moves by a {@link LatentWalk}; of all decoded images that keep the label and that the generative
 * model takes for the target with enough confidence, the one with the smallest loss of the target
 * is the result. An image for which there is none stays as it is. The goal is {@link Goal.Keep}; a
 * target class, where one is given, is what the image shall show.
 *
 * @param generator name or path of the generative model
 * @param steps of Adam
 * @param rate of Adam, in units of the code
 * @param realness weight of the discriminator's term
 * @param cycle weight of the loss of the decoded image's code
 * @param growth speed of the penalty's weight
 * @param balance weight of the kept label's loss within its bound
 * @param bound of the kept label's loss that is tolerated, in nats
 * @param largest weight of the penalty
 * @param confidence probability of the target that the generative model must give the image
 */
@Doc("Type I attack")
@Paper("tang2019")
public record TypeOne(
    @Doc("generative model with a classifier and a discriminator of its codes") String generator,
    @Doc("gradient steps") int steps,
    @Doc("learning rate of Adam, in units of the code") double rate,
    @Doc("weight of the discriminator of codes") double realness,
    @Doc("weight of the target class in the code of the decoded image") double cycle,
    @Doc("speed at which the weight of the kept label follows the losses") double growth,
    @Doc("weight of the loss of the kept label within its bound") double balance,
    @Doc("loss of the kept label that is tolerated") double bound,
    @Doc("largest weight of the kept label") double largest,
    @Doc("probability of the target class that the generative model must give") double confidence)
    implements TransformAttack {
  /** The generator of digits. */
  public TypeOne() {
    this(Generators.OF_DIGITS, 200, 0.05, 1, 1, 0.1, 0.001, 0.6, 3, 0.7);
  }

  public TypeOne {
    new LatentWalk(steps, rate, realness, cycle, new KeepPenalty(growth, balance, bound, largest));
    Check.within(0.0, 1.0, confidence, "confidence");
    if (generator.isBlank()) {
      throw new InputException("generator must name a generative model, such as digits-svae");
    }
  }

  /** This attack with another generative model. */
  public TypeOne withGenerator(String otherGenerator) {
    return new TypeOne(
        otherGenerator, steps, rate, realness, cycle, growth, balance, bound, largest, confidence);
  }

  /** This attack with another number of steps. */
  public TypeOne withSteps(int number) {
    return new TypeOne(
        generator, number, rate, realness, cycle, growth, balance, bound, largest, confidence);
  }

  /** How the code moves. */
  public LatentWalk walk() {
    return new LatentWalk(
        steps, rate, realness, cycle, new KeepPenalty(growth, balance, bound, largest));
  }

  /** How the code moves where the attacked network is ignored. */
  public LatentWalk transition() {
    return new LatentWalk(steps, rate, realness, cycle, KeepPenalty.NONE);
  }

  @Override
  public Goal goal(Goal asked) {
    if (asked instanceof Goal.MisclassifyAs as) {
      return new Goal.Keep(as.targets());
    }
    return asked instanceof Goal.Keep ? asked : new Goal.Keep(List.of());
  }

  @Override
  public Tensor perturb(Problem problem, Run run) {
    return perturb(Generators.open(generator, problem.classifier()), problem, run);
  }

  /** The same with a generative model at hand. */
  public Tensor perturb(LatentModel model, Problem problem, Run run) {
    return perturb(model, problem, run, point -> {});
  }

  /** The same for a listener that hears of every point of the walk, too. */
  public Tensor perturb(LatentModel model, Problem problem, Run run, LatentWalk.Listener listener) {
    List<Integer> targets = targets(model, problem);
    double[] lowest = new double[problem.size()];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
    try (Scope scope = Scope.open();
        LoopVariable best = new LoopVariable(problem.pixels())) {
      walk()
          .run(
              model,
              problem,
              targets,
              run,
              point -> {
                keepBetter(point, problem, targets, lowest, best);
                listener.at(point);
              });
      return scope.keep(best.value().copy());
    }
  }

  /** Replaces the best images by those of a point that are better. */
  private void keepBetter(
      LatentWalk.Point point,
      Problem problem,
      List<Integer> targets,
      double[] lowest,
      LoopVariable best) {
    boolean[] better = problem.reachedBeyondRounding(point.logits());
    double[] seen =
        new Objective.Probability(targets).values(Activations.ofLogits(point.judged())).toDoubles();
    for (int i = 0; i < better.length; i++) {
      double loss = point.target().get(i);
      better[i] &= seen[i] >= confidence && loss < lowest[i];
      lowest[i] = better[i] ? loss : lowest[i];
    }
    int[] rows = Problem.indices(better, true);
    if (rows.length > 0) {
      best.set(best.value().withRows(rows, problem.clip(point.images()).rows(rows)));
    }
  }

  /** The targets asked for, or the likeliest class of each image's code beside its label. */
  private static List<Integer> targets(LatentModel model, Problem problem) {
    if (problem.goal() instanceof Goal.Keep keep && !keep.targets().isEmpty()) {
      return keep.targets();
    }
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      long[] order =
          model.classify(model.encode(problem.pixels())).sort(1, true).indices().toLongs();
      int classes = order.length / problem.size();
      List<Integer> targets = new ArrayList<>();
      for (int i = 0; i < problem.size(); i++) {
        int first = (int) order[i * classes];
        targets.add(first == problem.labels().get(i) ? (int) order[i * classes + 1] : first);
      }
      return targets;
    }
  }
}
