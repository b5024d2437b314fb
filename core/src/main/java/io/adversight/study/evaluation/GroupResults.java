package io.adversight.study.evaluation;

import io.adversight.study.evaluation.AttackGroup.Role;
import io.adversight.study.robustness.AttackRobustness;
import io.adversight.study.robustness.RobustnessSummary;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each group of attacks left.
 *
 * @param summaries of the images that the group was made on
 */
public record GroupResults(Map<Role, RobustnessSummary> summaries) {
  public GroupResults {
    Map<Role, RobustnessSummary> copy = new EnumMap<>(Role.class);
    copy.putAll(summaries);
    summaries = Collections.unmodifiableMap(copy);
  }

  /** The summary of a group; empty if no such attack could be made. */
  public Optional<RobustnessSummary> of(Role role) {
    return Optional.ofNullable(summaries.get(role));
  }

  /** What each attack of a group showed; empty if no such attack could be made. */
  public List<AttackRobustness> attacks(Role role) {
    return of(role).map(RobustnessSummary::attacks).orElse(List.of());
  }
}
