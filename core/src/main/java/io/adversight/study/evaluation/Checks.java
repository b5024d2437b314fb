package io.adversight.study.evaluation;

import io.adversight.attack.Epsilon;
import io.adversight.metric.numeric.Proportion;
import io.adversight.study.Algorithm;
import io.adversight.study.evaluation.AttackGroup.Role;
import io.adversight.study.evaluation.Check.Source;
import io.adversight.study.robustness.AttackRobustness;
import io.adversight.study.robustness.RobustnessSummary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether attacks were strong enough for their failures to mean robustness: the list of Carlini et
 * al. (2019, section 5), the signs of obfuscated gradients of Athalye et al. (2018b, section 3.1)
 * and the conditions of RobustBench (Croce et al. 2021b, section 3).
 */
final class Checks {
  /** The share of the images from which on a sign counts. */
  private static final double SHARE = 0.05;

  /** The share of the images that a weaker attack may add by chance. */
  private static final double CHANCE = 0.01;

  private final EvaluationSpec spec;
  private final WorstCase worst;
  private final Probe probe;
  private final GroupResults groups;
  private final List<Check> all = new ArrayList<>();

  private Checks(EvaluationSpec spec, WorstCase worst, Probe probe, GroupResults groups) {
    this.spec = spec;
    this.worst = worst;
    this.probe = probe;
    this.groups = groups;
  }

  static List<Check> of(
      EvaluationSpec spec,
      WorstCase worst,
      Probe probe,
      GroupResults groups,
      List<DistanceBounds> bounds) {
    Checks checks = new Checks(spec, worst, probe, groups);
    checks.network();
    checks.gradients();
    checks.weaker();
    checks.growth();
    checks.convergence();
    checks.certificates(bounds);
    return checks.all;
  }

  /** A proof and an attack never contradict each other. */
  private void certificates(List<DistanceBounds> bounds) {
    String name = "no certificate exceeds what attacks find";
    List<DistanceBounds> able = bounds.stream().filter(b -> b.notRun().isEmpty()).toList();
    if (able.isEmpty()) {
      String why = bounds.isEmpty() ? "no image is right" : bounds.get(0).notRun();
      all.add(Check.notRun(name, why, Source.ZHANG));
      return;
    }
    long exceeding = able.stream().filter(b -> b.certified() > worst.smallest(b.image())).count();
    all.add(
        Check.of(
            name,
            exceeding == 0,
            "at %s of %s images".formatted(exceeding, able.size()),
            Source.ZHANG));
  }

  /** What the network itself must be like. */
  private void network() {
    all.add(
        Check.of(
            "outputs are not random",
            !probe.random() && probe.difference() == 0,
            probe.random()
                ? "random; logits differ by up to %s between two passes"
                    .formatted(number(probe.difference()))
                : "logits differ by %s between two passes".formatted(number(probe.difference())),
            Source.ROBUST_BENCH));
    all.add(
        Check.of(
            "no optimization inside the network",
            !probe.optimizes(),
            probe.optimizes()
                ? "a defence solves an optimization problem for every image"
                : "%s layers, none of which iterates".formatted(probe.layers()),
            Source.ROBUST_BENCH));
    all.add(
        Check.of(
            "gradients are the network's own",
            probe.ownGradients(),
            probe.gradients().isEmpty() ? "no defence in front of it" : probe.gradients(),
            Source.ATHALYE));
  }

  private void gradients() {
    ofImages("the softmax is not saturated", probe.saturated(), "saturated", Source.CARLINI);
    ofImages("gradients are not exactly zero", probe.zero(), "exactly zero", Source.ROBUST_BENCH);
    ofImages(
        "gradients are not zero at most pixels",
        probe.mostlyZero(),
        "zero at most pixels",
        Source.ATHALYE);
  }

  private void ofImages(String name, int seen, String what, Source source) {
    all.add(
        Check.of(
            name,
            seen < Math.max(1, SHARE * probe.images()),
            "%s at %s of %s images".formatted(what, seen, probe.images()),
            source));
  }

  /** Whoever knows less should not find more. */
  private void weaker() {
    Set<Integer> white = worst.fooled(spec.epsilon(), Role::isWhiteBox);
    only("Square is not stronger than white-box attacks", Role.SQUARE, white, Source.ROBUST_BENCH);
    only("black-box attacks are weaker than white-box ones", Role.BLACK_BOX, white, Source.ATHALYE);
    only("transfer attacks are weaker than white-box ones", Role.TRANSFER, white, Source.CARLINI);
    only("random noise is weaker than white-box attacks", Role.NOISE, white, Source.ATHALYE);
    Set<Integer> one = worst.fooledBy(spec.epsilon(), Set.of("fgsm"));
    Set<Integer> many = worst.fooledBy(spec.epsilon(), Set.of("pgd", "apgd"));
    int more = without(one, many);
    all.add(
        Check.of(
            "one step is not stronger than many",
            isChance(more),
            "%s images fall to FGSM but not to PGD".formatted(more),
            Source.ATHALYE));
  }

  private void only(String name, Role role, Set<Integer> white, Source source) {
    Optional<RobustnessSummary> summary = groups.of(role);
    if (summary.isEmpty()) {
      all.add(
          Check.notRun(
              name,
              role == Role.TRANSFER
                  ? "no surrogate: name one with --surrogate"
                  : "no such attack knows the norm " + spec.norm(),
              source));
      return;
    }
    Set<Integer> found = worst.fooled(spec.epsilon(), own -> own == role);
    int more = without(found, white);
    all.add(
        Check.of(
            name,
            isChance(more),
            "%s of %s images, %s of them only these attacks"
                .formatted(found.size(), summary.get().clean().successes(), more),
            source));
  }

  private static int without(Set<Integer> found, Set<Integer> others) {
    Set<Integer> only = new HashSet<>(found);
    only.removeAll(others);
    return only.size();
  }

  private boolean isChance(int images) {
    return images <= CHANCE * worst.clean().trials();
  }

  /** Success and loss grow with the ball, and without a bound nothing withstands. */
  private void growth() {
    List<AttackRobustness.AtEpsilon> sizes =
        groups.attacks(Role.GROWTH).stream().flatMap(a -> a.accuracies().stream()).toList();
    String rates = sizes.stream().map(at -> percent(at.fooled())).collect(Collectors.joining(", "));
    long fallen =
        IntStream.range(1, sizes.size())
            .mapToLong(
                i -> sizes.get(i - 1).fooled().successes() - sizes.get(i).fooled().successes())
            .max()
            .orElse(0);
    all.add(
        Check.of(
            "success grows with epsilon",
            isChance((int) Math.max(0, fallen)),
            "PGD fools " + rates,
            Source.CARLINI));
    List<Double> losses = probe.losses();
    int complete = // from there on nothing is left to gain
        (int) sizes.stream().takeWhile(at -> at.fooled().value() < 1).count();
    boolean grows =
        IntStream.range(1, Math.min(losses.size(), complete + 1))
            .allMatch(i -> losses.get(i) >= losses.get(i - 1) * (1 - CHANCE));
    all.add(
        Check.of(
            "the loss grows with epsilon",
            grows,
            "mean cross-entropy "
                + losses.stream().map(Checks::number).collect(Collectors.joining(", ")),
            Source.CARLINI));
    if (!sizes.isEmpty()) {
      AttackRobustness.AtEpsilon last = sizes.get(sizes.size() - 1);
      all.add(
          Check.of(
              "without a bound nothing withstands",
              last.fooled().successes() == last.fooled().trials(),
              "PGD fools %s at epsilon %s"
                  .formatted(percent(last.fooled()), Epsilon.text(spec.norm(), last.epsilon())),
              Source.CARLINI));
    }
  }

  /** Twice the budget finds no more. */
  private void convergence() {
    Algorithm base =
        groups.attacks(Role.WHITE_BOX).stream()
            .map(AttackRobustness::attack)
            .filter(attack -> attack.id().equals("apgd"))
            .findFirst()
            .orElseThrow();
    doubled("twice the iterations find no more", base, "steps");
    doubled("twice the restarts find no more", base, "restarts");
  }

  private void doubled(String name, Algorithm base, String parameter) {
    Algorithm twice =
        groups.attacks(Role.CONVERGENCE).stream()
            .map(AttackRobustness::attack)
            .filter(
                attack ->
                    !String.valueOf(attack.parameters().get(parameter))
                        .equals(String.valueOf(base.parameters().get(parameter))))
            .findFirst()
            .orElseThrow();
    int before = worst.fooledBy(spec.epsilon(), base).size();
    int after = worst.fooledBy(spec.epsilon(), twice).size();
    all.add(
        Check.of(
            name,
            isChance(Math.max(0, after - before)),
            "%s fools %s images, %s %s".formatted(base, before, twice, after),
            Source.CARLINI));
  }

  private static String percent(Proportion share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share.value());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
