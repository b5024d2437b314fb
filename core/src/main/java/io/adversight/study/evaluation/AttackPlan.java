package io.adversight.study.evaluation;

import io.adversight.attack.Attack;
import io.adversight.attack.gradient.MiFgsm;
import io.adversight.catalog.Kind;
import io.adversight.evaluation.robustness.SurrogateAttack;
import io.adversight.model.Classifier;
import io.adversight.model.Input;
import io.adversight.study.Algorithm;
import io.adversight.study.evaluation.AttackGroup.Role;
import io.adversight.study.robustness.RobustnessSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The attacks of an evaluation. AutoAttack (Croce and Hein 2020) is made as its four attacks, each
 * on all images: what they leave together is what AutoAttack leaves, and what each finds is known.
 *
 * @param groups in the order in which they are made
 */
public record AttackPlan(List<AttackGroup> groups) {
  /** The four attacks of the standard ensemble. */
  public static final Set<String> AUTO_ATTACK = Set.of("apgd", "apgd-targeted", "fab", "square");

  private static final Kind[] ATTACKS = {
    Kind.BOUNDED_ATTACK, Kind.MINIMAL_ATTACK, Kind.TRANSFORM_ATTACK
  };

  public AttackPlan {
    groups = List.copyOf(groups);
  }

  /**
   * The attacks on a network.
   *
   * @param images how many there are
   * @param surrogates networks whose adversarial examples are shown to it
   */
  public static AttackPlan of(
      EvaluationSpec spec, Input input, int images, List<Classifier> surrogates) {
    Budget.Passes passes = spec.budget().passes();
    Budget.Queries queries = spec.budget().queries();
    Groups groups = new Groups(spec, images);
    Algorithm apgd = Algorithm.of("apgd").with("steps", text(passes.steps()));
    List<Double> one = List.of(spec.epsilon());
    groups.add(
        Role.WHITE_BOX,
        spec.epsilons(),
        images,
        List.of(
            Algorithm.of("fgsm"),
            Algorithm.of("pgd"),
            apgd,
            Algorithm.of("apgd-targeted")
                .with("steps", text(passes.steps()))
                .with("targets", text(passes.targets())),
            Algorithm.of("fab")
                .with("steps", text(passes.steps()))
                .with("targets", text(passes.targets())),
            Algorithm.of("fast-minimum-norm").with("steps", text(passes.nearest()))));
    groups.add(
        Role.SQUARE,
        spec.epsilons(),
        images,
        List.of(Algorithm.of("square").with("queries", text(passes.square()))));
    groups.add(
        Role.BLACK_BOX,
        one,
        spec.budget().subsets().attacked(),
        List.of(
            Algorithm.of("spsa").with("queries", text(queries.estimated())),
            Algorithm.of("hop-skip-jump").with("queries", text(queries.decisions()))));
    groups.transfer(one, surrogates);
    groups.add(
        Role.NOISE,
        one,
        spec.budget().subsets().noise(),
        List.of(Algorithm.of("uniform-noise").with("tries", text(queries.draws()))));
    groups.add(Role.GROWTH, growing(spec, input), images, List.of(Algorithm.of("pgd")));
    groups.add(
        Role.CONVERGENCE,
        one,
        images,
        List.of(apgd.with("steps", text(2 * passes.steps())), apgd.with("restarts", "2")));
    groups.add(Role.SPATIAL, List.of(), images, List.of(Algorithm.of("spatial-search")));
    return new AttackPlan(groups.all);
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  /**
   * Sizes from a quarter of epsilon on, doubled until every image is in the ball: the side of the
   * pixels' range in LINF, its diagonal in L2, all of it in L1.
   */
  static List<Double> growing(EvaluationSpec spec, Input input) {
    double values = (double) input.channels() * input.height() * input.width();
    double largest =
        switch (spec.norm()) {
          case LINF -> 1;
          case L2 -> Math.sqrt(values);
          case L1, L0 -> values;
        };
    Set<Double> sizes = new TreeSet<>();
    for (double size = spec.epsilon() / 4; size < largest; size *= 2) {
      sizes.add(size);
    }
    sizes.add(largest);
    return List.copyOf(sizes);
  }

  /** The groups so far. */
  private static final class Groups {
    private final EvaluationSpec spec;
    private final int images;
    private final List<AttackGroup> all = new ArrayList<>();

    Groups(EvaluationSpec spec, int images) {
      this.spec = spec;
      this.images = images;
    }

    /** Adds those of the attacks that know the norm. */
    void add(Role role, List<Double> epsilons, int most, List<Algorithm> attacks) {
      List<Algorithm> able =
          attacks.stream()
              .filter(a -> a.create(Attack.class, ATTACKS).norms().contains(spec.norm()))
              .toList();
      if (!able.isEmpty()) {
        add(role, epsilons, Math.min(most, images), able, Map.of());
      }
    }

    void transfer(List<Double> epsilons, List<Classifier> surrogates) {
      Map<Algorithm, Attack> prepared = new LinkedHashMap<>();
      for (Classifier surrogate : surrogates) {
        prepared.put(
            Algorithm.of("transfer")
                .with("attack", "mi-fgsm")
                .with("from", surrogate.card().nameInResults()),
            new SurrogateAttack(surrogate, new MiFgsm()));
      }
      if (!prepared.isEmpty()) {
        add(Role.TRANSFER, epsilons, images, List.copyOf(prepared.keySet()), prepared);
      }
    }

    private void add(
        Role role,
        List<Double> epsilons,
        int count,
        List<Algorithm> attacks,
        Map<Algorithm, Attack> prepared) {
      RobustnessSpec own =
          new RobustnessSpec(
              attacks,
              spec.norm(),
              epsilons,
              spec.seed(),
              spec.batch(),
              Set.of(RobustnessSpec.Option.EARLY_STOP));
      all.add(new AttackGroup(role, own, count, prepared));
    }
  }
}
