package io.adversight.study.robustness;

import io.adversight.attack.Adversarial.Cost;
import io.adversight.attack.Outcome;
import io.adversight.attack.StagedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.run.Counter;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stages of one batch in a store. A batch that had to be cut for want of memory starts its
 * attack afresh.
 */
final class StageMemory implements StagedAttack.Memory {
  private final Algorithm algorithm;
  private final int[] images;
  private final RobustnessStore store;
  private long start = System.nanoTime();
  private final Map<Double, Map<Integer, RobustnessStore.Stage>> known = new HashMap<>();

  StageMemory(Algorithm algorithm, int[] images, RobustnessStore store) {
    this.algorithm = algorithm;
    this.images = images.clone();
    this.store = store;
    for (RobustnessStore.Stage stage : store.stages(algorithm)) {
      known
          .computeIfAbsent(stage.epsilon(), key -> new HashMap<>())
          .put(stage.state().image(), stage);
    }
  }

  @Override
  public List<StagedAttack.StageState> known(Ball ball, Run run) {
    start = System.nanoTime();
    List<StagedAttack.StageState> states = new ArrayList<>();
    if (run.size() == images.length) {
      Map<Integer, RobustnessStore.Stage> stages = stages(ball.epsilon());
      for (int place = 0; place < images.length; place++) {
        RobustnessStore.Stage stage = stages.get(images[place]);
        if (stage != null) {
          states.add(numbered(stage.state(), place));
        }
      }
    }
    return states;
  }

  @Override
  public void keep(Ball ball, Run run, StagedAttack.StageState state) {
    if (run.size() == images.length) {
      int image = images[state.image()];
      Counter counter = run.counter(state.image());
      double seconds = (System.nanoTime() - start) / 1e9 / images.length;
      Cost spent = new Cost(counter.iterations(), counter.forwards(), counter.backwards(), seconds);
      store.addStage(
          algorithm,
          new RobustnessStore.Stage(
              ball.epsilon(), numbered(state, image), spent.plus(before(ball.epsilon(), image))));
    }
  }

  /** An outcome of this batch under the image's number in the set, with all that it cost. */
  Outcome numbered(Outcome outcome) {
    int image = images[outcome.image()];
    return outcome.with(image, outcome.cost().plus(before(outcome.epsilon(), image)));
  }

  private static StagedAttack.StageState numbered(StagedAttack.StageState state, int number) {
    return new StagedAttack.StageState(number, state.stages(), state.adversarial());
  }

  /** What earlier runs spent on an image. */
  private Cost before(double epsilon, int image) {
    RobustnessStore.Stage stage = stages(epsilon).get(image);
    return stage == null ? Cost.NONE : stage.cost();
  }

  private Map<Integer, RobustnessStore.Stage> stages(double epsilon) {
    return known.getOrDefault(epsilon, Map.of());
  }
}
