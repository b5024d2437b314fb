package io.adversight.visualization;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Several transformations one after the other; movements in a row cost one interpolation. */
final class Transformations {
  private static final double OUTSIDE = 0.5;

  private Transformations() {}

  static Tensor apply(List<Transformation> all, Tensor images, List<SplittableRandom> randoms) {
    Tensor x = images;
    List<Geometric> movements = new ArrayList<>();
    for (Transformation each : all) {
      if (each instanceof Geometric geometric) {
        movements.add(geometric);
      } else {
        x = each.apply(move(movements, x, randoms), randoms);
        movements.clear();
      }
    }
    return move(movements, x, randoms);
  }

  /** The images moved, grey where nothing comes from inside. */
  static Tensor move(List<? extends Geometric> all, Tensor images, List<SplittableRandom> randoms) {
    if (all.isEmpty()) {
      return images;
    }
    int height = (int) images.size(2);
    int width = (int) images.size(3);
    int count = randoms.size();
    float[] maps = new float[count * 6];
    for (int i = 0; i < count; i++) {
      Movement movement = Movement.shift(0, 0);
      for (Geometric each : all) {
        movement = movement.then(each.draw(randoms.get(i), height, width));
      }
      // Positions are in [-1, 1] over the picture, x by half its width and y by half its height.
      double ratio = (double) height / width;
      double[] map = {
        movement.xx(),
        movement.xy() * ratio,
        2 * movement.dx() / width,
        movement.yx() / ratio,
        movement.yy(),
        2 * movement.dy() / height
      };
      for (int k = 0; k < 6; k++) {
        maps[i * 6 + k] = (float) map[k];
      }
    }
    Tensor theta = Tensor.of(maps, count, 2, 3).like(images);
    Tensor from = Kernels.affineGrid(theta, height, width);
    return Kernels.sample(images.sub(OUTSIDE), from).add(OUTSIDE);
  }
}
