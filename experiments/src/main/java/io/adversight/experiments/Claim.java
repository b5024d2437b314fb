package io.adversight.experiments;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a study says, in our words, and the rule that judges it. The rule stands in {@code
 * study.json} before anything is measured: the claim holds if all checks are met, in part if some
 * are, and cannot be tested here if a number is missing.
 *
 * @param id short, unique in its experiment
 * @param claim what is said
 * @param place where in the source
 * @param checks the rule; empty for a claim that cannot be tested here
 * @param untestable why a number may be missing, or empty
 */
public record Claim(String id, String claim, String place, List<String> checks, String untestable) {
  /** Checks that every rule can be read. */
  public Claim {
    checks = List.copyOf(checks);
    checks.forEach(Check::parse);
  }

  /** The verdict of measured numbers. */
  public Verdict judge(Map<String, Double> numbers) {
    List<Optional<Boolean>> results = parsed().stream().map(check -> check.test(numbers)).toList();
    if (results.isEmpty() || results.stream().anyMatch(Optional::isEmpty)) {
      return Verdict.NOT_TESTABLE;
    }
    long met = results.stream().filter(result -> result.orElse(false)).count();
    return met == results.size()
        ? Verdict.HOLDS
        : met > 0 ? Verdict.HOLDS_IN_PART : Verdict.DOES_NOT_HOLD;
  }

  /** The checks that measured numbers do not meet. */
  List<Check> unmet(Map<String, Double> numbers) {
    return parsed().stream().filter(check -> !check.test(numbers).orElse(false)).toList();
  }

  /** The names of the numbers that the rule needs. */
  public List<String> numbers() {
    return parsed().stream().flatMap(check -> check.numbers().stream()).distinct().toList();
  }

  /** The rule. */
  List<Check> parsed() {
    return checks.stream().map(Check::parse).toList();
  }
}
