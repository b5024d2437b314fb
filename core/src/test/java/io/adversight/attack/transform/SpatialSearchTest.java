package io.adversight.attack.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.problem.Problem;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against a rotation and translation written out pixel by pixel. */
class SpatialSearchTest {
  private static final int SIDE = 7;

  private static float[] image() {
    return new Rng(3).uniform(SIDE * SIDE, 0.1, 0.9);
  }

  /**
   * The logit of the first class is the product with the image itself, so that every movement
   * raises the loss, and a bias so large that none changes the class.
   */
  private static GraphClassifier network() {
    double[][] weights = new double[2][SIDE * SIDE];
    float[] image = image();
    for (int i = 0; i < image.length; i++) {
      weights[0][i] = image[i];
    }
    return SmallNetworks.linear(SIDE, SIDE, weights, 1, 0);
  }

  /** The first logit without its bias. */
  private static double product(double[] pixels) {
    float[] image = image();
    double product = 0;
    for (int i = 0; i < pixels.length; i++) {
      product += image[i] * pixels[i];
    }
    return product;
  }

  private static double[] search(SpatialSearch search) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Tensor.of(image(), 1, 1, SIDE, SIDE);
      Problem problem = Problem.of(network(), pixels, List.of(0));
      return search.perturb(problem, Run.of(1)).toDoubles();
    }
  }

  /** The image turned about its middle by an angle and shifted, by bilinear interpolation. */
  private static double[] moved(double radians, double right, double down) {
    float[] from = image();
    double middle = (SIDE - 1) / 2.0;
    double[] to = new double[SIDE * SIDE];
    for (int r = 0; r < SIDE; r++) {
      for (int c = 0; c < SIDE; c++) {
        double x = c - middle - right;
        double y = r - middle - down;
        double column = middle + x * Math.cos(radians) + y * Math.sin(radians);
        double row = middle + y * Math.cos(radians) - x * Math.sin(radians);
        int left = (int) Math.floor(column);
        int top = (int) Math.floor(row);
        for (int i = top; i <= top + 1; i++) {
          for (int j = left; j <= left + 1; j++) {
            if (i >= 0 && i < SIDE && j >= 0 && j < SIDE) {
              to[r * SIDE + c] +=
                  from[i * SIDE + j] * (1 - Math.abs(row - i)) * (1 - Math.abs(column - j));
            }
          }
        }
      }
    }
    return to;
  }

  private static void assertPose(double[] found, double[] expected) {
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  @Test
  void withoutSuccessThePoseOfHighestLossOfTheGridRemains() {
    int turns = 5;
    int shifts = 3;
    double[] worst = moved(0, 0, 0);
    for (int t = 0; t < turns; t++) {
      for (int i = 0; i < shifts; i++) {
        for (int j = 0; j < shifts; j++) {
          double[] pose = moved(Math.toRadians(-30 + 15.0 * t), 1.5 * (i - 1), 1.5 * (j - 1));
          worst = product(pose) < product(worst) ? pose : worst;
        }
      }
    }
    assertPose(search(new SpatialSearch(30, 1.5 / SIDE, turns, shifts)), worst);
  }

  @Test
  void aQuarterTurnMovesEveryPixelToItsPlace() {
    float[] from = image();
    double[] clockwise = new double[SIDE * SIDE];
    double[] against = new double[SIDE * SIDE];
    for (int r = 0; r < SIDE; r++) {
      for (int c = 0; c < SIDE; c++) {
        clockwise[r * SIDE + c] = from[(SIDE - 1 - c) * SIDE + r];
        against[r * SIDE + c] = from[c * SIDE + SIDE - 1 - r];
      }
    }
    // Both directions have the same product with the image.
    double[] found = search(new SpatialSearch(90, 0, 3, 1));
    assertPose(found, Math.abs(found[1] - clockwise[1]) < 1e-5 ? clockwise : against);
  }

  @Test
  void shiftsLeaveBlackBehind() {
    // Two whole pixels along one axis or both; the grid has no turn.
    double[] found = search(new SpatialSearch(0, 2.0 / SIDE, 1, 3));
    long black = Arrays.stream(found).filter(value -> value < 1e-6).count();
    assertThat(black).isIn(2L * SIDE, (long) SIDE * SIDE - (SIDE - 2) * (SIDE - 2));
  }
}
