package io.adversight.training;

import io.adversight.describe.Check;
import io.adversight.tensor.Optimizer;
import io.adversight.training.loss.TrainingLoss;
import java.util.List;

/**
 * A part of a training in which the same weights follow the same loss. The optimiser starts anew in
 * each phase.
 *
 * @param name what it is called in the curve
 * @param epochs how long it lasts
 * @param trained how the names of the weights that change begin; all change if empty. A
 *     normalisation whose scale does not change uses its running statistics
 * @param project whether prototypes are replaced by the nearest training patches at its end
 */
public record Phase(
    String name,
    int epochs,
    List<String> trained,
    TrainingLoss loss,
    Optimizer optimizer,
    Schedule schedule,
    boolean project) {
  public Phase {
    Check.atLeast(1, epochs, "epochs");
    trained = List.copyOf(trained);
  }

  /** This phase with another loss. */
  Phase with(TrainingLoss other) {
    return new Phase(name, epochs, trained, other, optimizer, schedule, project);
  }

  /** This phase of another length. */
  Phase with(int otherEpochs) {
    return new Phase(name, otherEpochs, trained, loss, optimizer, schedule, project);
  }

  boolean trains(String weight) {
    return trained.isEmpty() || trained.stream().anyMatch(weight::startsWith);
  }
}
