package io.adversight.attack.gradient;

import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * A random size and place for each image of a batch: the image is resized bilinearly to s x s'
 * pixels and laid on black at (top, left).
 *
 * @param positions where each pixel comes from, (N, H, W, 2) in [-1, 1]
 * @param inside 1 where the resized image lies, (N, 1, H, W)
 */
record RandomPlacement(Tensor positions, Tensor inside) {
  /** One draw per image; with probability 1 - p an image keeps its size. */
  static RandomPlacement draw(Tensor images, double probability, double smallest, Run run) {
    int n = (int) images.size(0);
    int height = (int) images.size(2);
    int width = (int) images.size(3);
    float[] dice = run.uniform(Tensor.zeros(n, 4), 0, 0, 1).toFloats();
    double[] rows = new double[n * height];
    double[] columns = new double[n * width];
    double[] rowInside = new double[n * height];
    double[] columnInside = new double[n * width];
    for (int i = 0; i < n; i++) {
      boolean changed = dice[4 * i] < probability;
      double ratio = changed ? smallest + (1 - smallest) * dice[4 * i + 1] : 1;
      place(rows, rowInside, i * height, height, ratio, dice[4 * i + 2]);
      place(columns, columnInside, i * width, width, ratio, dice[4 * i + 3]);
    }
    long[] whole = {n, height, width};
    Tensor y = Tensor.of(rows, n, height, 1).expand(whole);
    Tensor x = Tensor.of(columns, n, 1, width).expand(whole);
    Tensor within =
        Tensor.of(rowInside, n, 1, height, 1).mul(Tensor.of(columnInside, n, 1, 1, width));
    return new RandomPlacement(Tensor.stack(List.of(x, y), -1).like(images), within.like(images));
  }

  /** Positions along one axis: half-pixel bilinear resizing, then a shift. */
  private static void place(
      double[] positions, double[] inside, int from, int size, double ratio, double dice) {
    int resized = (int) Math.max(1, Math.rint(size * ratio));
    int shift = (int) Math.floor(dice * (size - resized + 1));
    for (int k = 0; k < size; k++) {
      double source = (k - shift + 0.5) * size / resized - 0.5;
      double kept = Math.min(Math.max(source, 0), size - 1);
      positions[from + k] = (2 * kept + 1) / size - 1;
      inside[from + k] = k >= shift && k < shift + resized ? 1 : 0;
    }
  }

  /** The images as drawn, recorded if they are. */
  Tensor of(Tensor images) {
    return Kernels.sample(images, positions).mul(inside);
  }
}
