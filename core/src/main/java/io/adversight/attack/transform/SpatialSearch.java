package io.adversight.attack.transform;

import io.adversight.attack.TransformAttack;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.LossEvaluation;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.Selection;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns and shifts the image over a grid, mildest first, until success; if there is none, the pose
 * of highest loss remains (Engstrom et al. 2019, section 3). Outside the image is black.
 *
 * @param degrees largest turn to either side
 * @param shift largest shift as a share of the side
 * @param turns turns in the grid, odd
 * @param shifts shifts in the grid along each axis, odd
 */
@Doc("Rotation and translation search")
@Paper("engstrom2019")
public record SpatialSearch(
    @Doc("maximum rotation to either side, degrees") double degrees,
    @Doc("largest shift as a share of the side") double shift,
    @Doc("turns in the grid, odd") int turns,
    @Doc("shifts in the grid along each axis, odd") int shifts)
    implements TransformAttack {
  /** The paper's grid: 31 turns of up to 30 degrees, 5 x 5 shifts of up to a tenth. */
  public SpatialSearch() {
    this(30, 0.1, 31, 5);
  }

  public SpatialSearch {
    Check.within(0.0, 180.0, degrees, "degrees");
    Check.within(0.0, 1.0, shift, "shift");
    Check.atLeast(1, turns, "turns");
    Check.atLeast(1, shifts, "shifts");
    if (turns % 2 == 0 || shifts % 2 == 0) {
      throw new IllegalArgumentException(
          "turns and shifts must be odd, so that the image as it is belongs to the grid");
    }
  }

  /** One point of the grid: radians, and shifts as shares of the side. */
  private record Pose(double angle, double right, double down) {}

  @Override
  public Tensor perturb(Problem problem, Run run) {
    Tensor result = problem.pixels().copy();
    LossEvaluation first =
        problem.height(problem.pixels(), problem.objective(Loss.CROSS_ENTROPY), run);
    Tensor best = first.loss();
    boolean[] reached = problem.reached(first.logits());
    int[] active = Problem.indices(reached, false);
    for (Pose pose : poses()) {
      if (active.length == 0) {
        break;
      }
      try (Scope scope = Scope.open()) {
        Problem part = problem.select(active);
        Run own = run.select(active);
        Tensor moved = part.clip(moved(part.pixels(), pose));
        LossEvaluation height = part.height(moved, part.objective(Loss.CROSS_ENTROPY), own);
        own.step(moved, height.loss());
        boolean[] now = part.reached(height.logits());
        Tensor old = best.rows(active);
        Tensor better = height.loss().gt(old).or(PerImage.where(now, old));
        Tensor kept = PerImage.column(better, moved).choose(moved, result.rows(active));
        Tensor losses = better.choose(height.loss(), old);
        result = scope.replace(result, result.withRows(active, kept));
        best = scope.replace(best, best.withRows(active, losses));
        active = Selection.compose(active, Problem.indices(now, false));
      }
    }
    return result;
  }

  /** All points of the grid but the middle one, mildest first. */
  private List<Pose> poses() {
    List<Pose> poses = new ArrayList<>();
    for (int t = 0; t < turns; t++) {
      for (int i = 0; i < shifts; i++) {
        for (int j = 0; j < shifts; j++) {
          poses.add(
              new Pose(
                  Math.toRadians(degrees) * step(t, turns),
                  shift * step(i, shifts),
                  shift * step(j, shifts)));
        }
      }
    }
    double turn = Math.max(Math.toRadians(degrees), 1e-9);
    double side = Math.max(shift, 1e-9);
    poses.removeIf(pose -> size(pose, turn, side) == 0);
    poses.sort(Comparator.comparingDouble(pose -> size(pose, turn, side)));
    return poses;
  }

  private static double size(Pose pose, double turn, double side) {
    return Math.abs(pose.angle()) / turn
        + Math.max(Math.abs(pose.right()), Math.abs(pose.down())) / side;
  }

  /** The k-th of n steps from -1 to 1. */
  private static double step(int k, int n) {
    return n == 1 ? 0 : 2.0 * k / (n - 1) - 1;
  }

  private static Tensor moved(Tensor images, Pose pose) {
    int height = (int) images.size(2);
    int width = (int) images.size(3);
    double cos = Math.cos(pose.angle());
    double sin = Math.sin(pose.angle());
    double[] values = new double[height * width * 2];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        double x = c - (width - 1) / 2.0 - pose.right() * width;
        double y = r - (height - 1) / 2.0 - pose.down() * height;
        int at = 2 * (r * width + c);
        values[at] = 2 * (cos * x + sin * y) / width;
        values[at + 1] = 2 * (cos * y - sin * x) / height;
      }
    }
    Tensor grid = Tensor.of(values, 1, height, width, 2).like(images);
    return Kernels.sample(images, grid.expand(images.size(0), height, width, 2));
  }
}
