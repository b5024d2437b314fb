package io.adversight.study;

import io.adversight.attack.Outcome;
import io.adversight.study.robustness.RobustnessStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** A store in memory that breaks off after some writes. */
public final class MemoryStore implements RobustnessStore {
  private final List<Clean> clean = new ArrayList<>();
  private final Map<Algorithm, List<Outcome>> outcomes = new HashMap<>();
  private final Map<Algorithm, List<Stage>> stages = new HashMap<>();
  private int writesLeft = Integer.MAX_VALUE;

  public void breakAfter(int writes) {
    writesLeft = writes;
  }

  private void write() {
    if (writesLeft-- <= 0) {
      throw new CancellationException("broken off");
    }
  }

  @Override
  public List<Clean> clean() {
    return List.copyOf(clean);
  }

  @Override
  public void addClean(List<Clean> images) {
    write();
    clean.addAll(images);
  }

  @Override
  public List<Outcome> outcomes(Algorithm attack) {
    return List.copyOf(outcomes.getOrDefault(attack, List.of()));
  }

  @Override
  public void addOutcomes(Algorithm attack, List<Outcome> more) {
    write();
    outcomes.computeIfAbsent(attack, key -> new ArrayList<>()).addAll(more);
    stages
        .getOrDefault(attack, new ArrayList<>())
        .removeIf(s -> more.stream().anyMatch(o -> o.image() == s.state().image()));
  }

  @Override
  public List<Stage> stages(Algorithm attack) {
    return List.copyOf(stages.getOrDefault(attack, List.of()));
  }

  @Override
  public void addStage(Algorithm attack, Stage stage) {
    write();
    stages.computeIfAbsent(attack, key -> new ArrayList<>()).add(stage);
  }
}
