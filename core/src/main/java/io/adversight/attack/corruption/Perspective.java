package io.adversight.attack.corruption;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees the image from the side: each corner moves by up to {@code largest} times the side in both
 * directions; what lies outside repeats the border.
 */
@Doc("Perspective")
@Paper("kurakin2017")
public record Perspective(@Doc("largest shift of a corner as a share of the side") double largest)
    implements Corruption {
  /** The corners in [-1, 1], as (x, y). */
  private static final double[][] CORNERS = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};

  /** Corners move by up to 5 % of the side. */
  public Perspective() {
    this(0.05);
  }

  public Perspective {
    StrengthRange.check(0, 0, largest, 0.4, "perspective");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    int n = (int) images.size(0);
    Tensor like = Tensor.zeros(n, 8);
    double[] moves = run.uniform(like, 0, -2 * largest, 2 * largest).toDoubles();
    List<Tensor> positions = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[][] moved = new double[4][2];
      for (int k = 0; k < 4; k++) {
        moved[k][0] = CORNERS[k][0] + moves[8 * i + 2 * k];
        moved[k][1] = CORNERS[k][1] + moves[8 * i + 2 * k + 1];
      }
      positions.add(grid(homography(CORNERS, moved), images));
    }
    return Kernels.sample(images, Tensor.concat(positions, 0).like(images)).clamp(0, 1);
  }

  /** Where each pixel comes from, (1, H, W, 2), kept inside the image. */
  private static Tensor grid(double[] h, Tensor images) {
    int height = (int) images.size(2);
    int width = (int) images.size(3);
    double[] values = new double[height * width * 2];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        double x = (2.0 * c + 1) / width - 1;
        double y = (2.0 * r + 1) / height - 1;
        double w = h[6] * x + h[7] * y + 1;
        int at = 2 * (r * width + c);
        values[at] = inside((h[0] * x + h[1] * y + h[2]) / w, width);
        values[at + 1] = inside((h[3] * x + h[4] * y + h[5]) / w, height);
      }
    }
    return Tensor.of(values, 1, height, width, 2);
  }

  private static double inside(double position, int size) {
    double edge = 1 - 1.0 / size;
    return Math.min(Math.max(position, -edge), edge);
  }

  /** The eight numbers of the map that takes four points to four points, by elimination. */
  static double[] homography(double[][] from, double[][] to) {
    double[][] rows = new double[8][9];
    for (int k = 0; k < 4; k++) {
      double x = from[k][0];
      double y = from[k][1];
      double u = to[k][0];
      double v = to[k][1];
      rows[2 * k] = new double[] {x, y, 1, 0, 0, 0, -u * x, -u * y, u};
      rows[2 * k + 1] = new double[] {0, 0, 0, x, y, 1, -v * x, -v * y, v};
    }
    for (int p = 0; p < 8; p++) {
      int pivot = p;
      for (int r = p + 1; r < 8; r++) {
        pivot = Math.abs(rows[r][p]) > Math.abs(rows[pivot][p]) ? r : pivot;
      }
      double[] swapped = rows[p];
      rows[p] = rows[pivot];
      rows[pivot] = swapped;
      for (int r = 0; r < 8; r++) {
        double factor = r == p ? 0 : rows[r][p] / rows[p][p];
        for (int c = p; c < 9; c++) {
          rows[r][c] -= factor * rows[p][c];
        }
      }
    }
    double[] solved = new double[8];
    for (int p = 0; p < 8; p++) {
      solved[p] = rows[p][8] / rows[p][p];
    }
    return solved;
  }
}
