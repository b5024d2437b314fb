package io.adversight.cluster;

import io.adversight.attack.Outcome;
import io.adversight.study.Algorithm;
import io.adversight.study.robustness.RobustnessStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outcomes of one batch; a batch that is interrupted is done again as a whole. */
final class OutcomesInMemory implements RobustnessStore {
  private final List<Clean> clean = new ArrayList<>();
  private final Map<Algorithm, List<Outcome>> outcomes = new HashMap<>();

  @Override
  public List<Clean> clean() {
    return List.copyOf(clean);
  }

  @Override
  public void addClean(List<Clean> images) {
    clean.addAll(images);
  }

  @Override
  public List<Outcome> outcomes(Algorithm attack) {
    return List.copyOf(outcomes.getOrDefault(attack, List.of()));
  }

  @Override
  public void addOutcomes(Algorithm attack, List<Outcome> more) {
    outcomes.computeIfAbsent(attack, key -> new ArrayList<>()).addAll(more);
  }

  @Override
  public List<Stage> stages(Algorithm attack) {
    return List.of();
  }

  @Override
  public void addStage(Algorithm attack, Stage stage) {}
}
