package io.adversight.attack.corruption;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Several corruptions, one after the other.
 *
 * @param steps in order
 */
public record CorruptionChain(List<Corruption> steps) implements Corruption {
  public CorruptionChain {
    steps = List.copyOf(steps);
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    Tensor x = images;
    for (int i = 0; i < steps.size(); i++) {
      x = steps.get(i).of(x, run.split(i));
    }
    return x;
  }
}
