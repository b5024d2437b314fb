package io.adversight.visualization.patch;

import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One channel of a layer, for each image at a position of its own.
 *
 * @param layer its name
 * @param channel which
 * @param rows one per image
 * @param columns one per image
 */
record NeuronObjective(String layer, int channel, List<Integer> rows, List<Integer> columns)
    implements Objective {
  NeuronObjective {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  @Override
  public Set<String> layers() {
    return Set.of(layer);
  }

  @Override
  public Objective select(int... images) {
    return new NeuronObjective(
        layer,
        channel,
        IntStream.of(images).mapToObj(rows::get).toList(),
        IntStream.of(images).mapToObj(columns::get).toList());
  }

  @Override
  public Tensor values(Activations activations) {
    Tensor map = activations.maps(layer).narrow(1, channel, 1);
    List<Tensor> spots = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Tensor own = map.narrow(0, i, 1);
      spots.add(
          own.rank() == 4
              ? own.narrow(2, rows.get(i), 1).narrow(3, columns.get(i), 1).reshape(1)
              : own.reshape(1));
    }
    return Tensor.concat(spots, 0);
  }
}
