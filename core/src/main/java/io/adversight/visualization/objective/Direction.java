package io.adversight.visualization.objective;

import io.adversight.input.InputException;
import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The mean over all positions of a layer's activation along a direction of its channels (Olah et
 * al. 2017, "The Spectrum of Optimization Objectives"), the direction scaled to length 1.
 *
 * @param layer its name
 * @param direction one number per channel
 */
public record Direction(String layer, List<Double> direction) implements Objective {
  public Direction {
    direction = List.copyOf(direction);
    if (direction.stream().allMatch(number -> number == 0)) {
      throw new InputException("a direction needs a number other than 0");
    }
  }

  @Override
  public Objective select(int... images) {
    return this;
  }

  @Override
  public Set<String> layers() {
    return Set.of(layer);
  }

  @Override
  public Tensor values(Activations activations) {
    Tensor value = activations.maps(layer);
    double length = Math.sqrt(direction.stream().mapToDouble(d -> d * d).sum());
    double[] unit = direction.stream().mapToDouble(d -> d / length).toArray();
    long[] shape = new long[value.rank()];
    Arrays.fill(shape, 1);
    shape[1] = unit.length;
    Tensor along = value.mul(Tensor.of(unit, shape).like(value)).sum(1);
    return along.reshape(value.size(0), -1).mean(1).reshape(value.size(0));
  }
}
