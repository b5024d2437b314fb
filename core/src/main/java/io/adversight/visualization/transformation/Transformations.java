package io.adversight.visualization.transformation;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Several transformations one after the other; movements in a row cost one interpolation. */
public final class Transformations {
  private static final double OUTSIDE = 0.5;

  private Transformations() {}

  /**
   * The images (N, C, H, W) transformed, each by its own random numbers; what is moved in from
   * outside is mid-grey (0.5).
   */
  public static Tensor apply(
      List<Transformation> all, Tensor images, List<SplittableRandom> randoms) {
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
    List<AffineTransform> movements = new ArrayList<>();
    for (SplittableRandom random : randoms) {
      AffineTransform movement = AffineTransform.shift(0, 0);
      for (Geometric each : all) {
        movement = movement.then(each.draw(random, height, width));
      }
      movements.add(movement);
    }
    return Kernels.sample(images, places(movements, height, width).like(images), OUTSIDE);
  }

  /**
   * Where each pixel comes from, (N, H, W, 2), in [-1, 1] over the image: a part of its column and
   * a part of its row.
   */
  private static Tensor places(List<AffineTransform> movements, int height, int width) {
    float[] columns = new float[movements.size() * width * 2];
    float[] rows = new float[movements.size() * height * 2];
    int column = 0;
    int row = 0;
    for (AffineTransform by : movements) {
      for (int x = 0; x < width; x++) {
        double fromCentre = x + 0.5 - width / 2.0;
        columns[column++] = (float) (2 * by.xx() * fromCentre / width);
        columns[column++] = (float) (2 * by.yx() * fromCentre / height);
      }
      for (int y = 0; y < height; y++) {
        double fromCentre = y + 0.5 - height / 2.0;
        rows[row++] = (float) (2 * (by.xy() * fromCentre + by.dx()) / width);
        rows[row++] = (float) (2 * (by.yy() * fromCentre + by.dy()) / height);
      }
    }
    return Tensor.of(columns, movements.size(), 1, width, 2)
        .add(Tensor.of(rows, movements.size(), height, 1, 2));
  }
}
