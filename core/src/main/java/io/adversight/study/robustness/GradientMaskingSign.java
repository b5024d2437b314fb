package io.adversight.study.robustness;

import io.adversight.attack.Diagnosis;
import io.adversight.attack.Epsilon;
import io.adversight.attack.RobustAccuracy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A sign that robustness is only apparent, because gradients are masked or an attack is weak
 * (Carlini et al. 2019, section 5; Athalye et al. 2018, section 3.1).
 *
 * @param who the attack that it was seen at, or all of them
 * @param words what was seen, with numbers
 */
public record GradientMaskingSign(String who, String words) {
  /** The share of images from which on a sign seen at single images is reported for the set. */
  private static final double TOLD = 0.1;

  /** What is smaller than this share of something is clearly smaller. */
  private static final double CLEARLY = 0.95;

  /** Fewer images than this may be chance. */
  private static final int CHANCE = 2;

  static List<GradientMaskingSign> of(List<AttackRobustness> attacks, RobustnessTally fooled) {
    List<GradientMaskingSign> found = new ArrayList<>();
    for (Diagnosis.Cause cause :
        List.of(
            Diagnosis.Cause.ZERO_GRADIENT,
            Diagnosis.Cause.MASKED_GRADIENT,
            Diagnosis.Cause.SATURATED_SOFTMAX)) {
      ofImages(cause, fooled).ifPresent(found::add);
    }
    for (AttackRobustness attack : attacks) {
      noise(attack).ifPresent(found::add);
      growth(attack, fooled).ifPresent(found::add);
    }
    for (double epsilon : fooled.epsilons()) {
      withoutGradients(attacks, fooled, epsilon).ifPresent(found::add);
      oneStep(attacks, fooled, epsilon).ifPresent(found::add);
    }
    smallerWithoutGradients(attacks).ifPresent(found::add);
    return found;
  }

  /** What the network's own gradient says at images that withstood every attack. */
  private static Optional<GradientMaskingSign> ofImages(
      Diagnosis.Cause cause, RobustnessTally fooled) {
    int seen = fooled.seen(cause).size();
    int failures = fooled.robust().size();
    return seen < Math.max(CHANCE, TOLD * failures)
        ? Optional.empty()
        : Optional.of(
            new GradientMaskingSign(
                "all",
                "%s at %s of %s images that withstood every attack"
                    .formatted(
                        switch (cause) {
                          case ZERO_GRADIENT -> "the gradient of the loss is exactly zero";
                          case MASKED_GRADIENT -> "the gradient is exactly zero at most values";
                          default -> "the softmax is saturated";
                        },
                        seen,
                        failures)));
  }

  private static Optional<GradientMaskingSign> noise(AttackRobustness attack) {
    long seen = attack.causes().getOrDefault(Diagnosis.Cause.NOISE_BEATS_GRADIENT, 0L);
    return attack.isGradientFree() || seen < CHANCE
        ? Optional.empty()
        : Optional.of(
            new GradientMaskingSign(
                attack.attack().toString(),
                "a random point of the ball succeeds in %s of its %s failures"
                    .formatted(seen, attack.failures())));
  }

  /** What a gradient finds in a ball made for it should grow with the ball. */
  private static Optional<GradientMaskingSign> growth(
      AttackRobustness attack, RobustnessTally fooled) {
    List<RobustAccuracy> accuracies =
        attack.accuracies().stream().map(AttackRobustness.AtEpsilon::accuracy).toList();
    return attack.isBounded() && !attack.isGradientFree()
        ? RobustAccuracy.sign(fooled.norm(), accuracies)
            .map(d -> new GradientMaskingSign(attack.attack().toString(), d.explanation()))
        : Optional.empty();
  }

  /** Black-box attacks know less, and should not find more. */
  private static Optional<GradientMaskingSign> withoutGradients(
      List<AttackRobustness> attacks, RobustnessTally fooled, double epsilon) {
    if (attacks.stream().allMatch(AttackRobustness::isGradientFree)) {
      return Optional.empty();
    }
    Set<Integer> only = new HashSet<>(fooled.within(epsilon, AttackRobustness::isGradientFree));
    only.removeAll(fooled.within(epsilon, attack -> !attack.isGradientFree()));
    return only.size() < CHANCE
        ? Optional.empty()
        : Optional.of(
            new GradientMaskingSign(
                "all",
                "%s images fall within epsilon %s only to attacks that use no gradient"
                    .formatted(only.size(), Epsilon.text(fooled.norm(), epsilon))));
  }

  /** The nearest changes found without gradients should not be clearly nearer. */
  private static Optional<GradientMaskingSign> smallerWithoutGradients(
      List<AttackRobustness> attacks) {
    Optional<AttackRobustness> without = nearest(attacks, true);
    Optional<AttackRobustness> with = nearest(attacks, false);
    if (without.isEmpty()
        || with.isEmpty()
        || median(without.get()) >= CLEARLY * median(with.get())) {
      return Optional.empty();
    }
    return Optional.of(
        new GradientMaskingSign(
            without.get().attack().toString(),
            String.format(
                Locale.ROOT,
                "without a gradient it finds perturbations of median norm %.4g, the best attack"
                    + " with gradients, %s, of %.4g",
                median(without.get()),
                with.get().attack(),
                median(with.get()))));
  }

  private static Optional<AttackRobustness> nearest(
      List<AttackRobustness> attacks, boolean gradientFree) {
    return attacks.stream()
        .filter(a -> a.smallest().isPresent() && a.isGradientFree() == gradientFree)
        .min(Comparator.comparingDouble(GradientMaskingSign::median));
  }

  private static double median(AttackRobustness attack) {
    return attack.smallest().map(NormStatistics::median).orElse(Double.POSITIVE_INFINITY);
  }

  /** One step should not find more than many. */
  private static Optional<GradientMaskingSign> oneStep(
      List<AttackRobustness> attacks, RobustnessTally fooled, double epsilon) {
    Optional<AttackRobustness> one =
        attacks.stream()
            .filter(a -> a.isBounded() && !a.isGradientFree() && a.cost().gradients() <= 1)
            .min(Comparator.comparingLong(a -> robust(a, epsilon)));
    Optional<AttackRobustness> many =
        attacks.stream()
            .filter(a -> a.isBounded() && a.cost().gradients() > 1)
            .min(Comparator.comparingLong(a -> robust(a, epsilon)));
    if (one.isEmpty() || many.isEmpty()) {
      return Optional.empty();
    }
    long more = robust(many.get(), epsilon) - robust(one.get(), epsilon);
    return more < CHANCE
        ? Optional.empty()
        : Optional.of(
            new GradientMaskingSign(
                one.get().attack().toString(),
                String.format(
                    Locale.ROOT,
                    "one gradient step fools %d images more at epsilon %s than %s with many",
                    more,
                    Epsilon.text(fooled.norm(), epsilon),
                    many.get().attack())));
  }

  private static long robust(AttackRobustness attack, double epsilon) {
    return attack.accuracies().stream()
        .filter(at -> at.epsilon() == epsilon)
        .mapToLong(at -> at.accuracy().ofRight().successes())
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  @Override
  public String toString() {
    return who.equals("all") ? words : who + ": " + words;
  }
}
