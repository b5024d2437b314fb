package io.adversight.attack.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Projections compared with a search of all points of a fine grid. */
class BoxProjectionTest {
  private static final int GRID = 300;

  private static double norm(Norm norm, double... d) {
    double sum = 0;
    double square = 0;
    double largest = 0;
    for (double value : d) {
      sum += Math.abs(value);
      square += value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    return norm == Norm.LINF ? largest : norm == Norm.L2 ? Math.sqrt(square) : sum;
  }

  @ParameterizedTest
  @EnumSource(
      value = Norm.class,
      names = {"LINF", "L2", "L1"})
  void findsTheNearestPointOfAHyperplaneInTheBox(Norm norm) {
    for (int seed = 0; seed < 12; seed++) {
      float[] x = new Rng(seed).uniform(3, 0, 1);
      float[] w = new Rng(seed).split(1).uniform(3, -1, 1);
      double goal = (seed % 2 == 0 ? 0.4 : -0.3) * (seed % 3 + 1) / 2;
      float[] moved;
      try (Scope scope = Scope.open()) {
        moved =
            BoxProjection.ontoHyperplane(
                    norm,
                    Tensor.of(x, 1, 1, 1, 3),
                    Tensor.of(w, 1, 1, 1, 3),
                    Tensor.of(new double[] {goal}, 1, 1, 1, 1),
                    Bounds.PIXELS)
                .toFloats();
      }
      double brute = search(norm, x, w, goal);
      double reached = w[0] * moved[0] + w[1] * moved[1] + w[2] * moved[2];
      for (int i = 0; i < 3; i++) {
        assertTrue(x[i] + moved[i] >= -1e-6 && x[i] + moved[i] <= 1 + 1e-6);
      }
      if (Double.isInfinite(brute)) {
        assertTrue(Math.abs(reached) <= Math.abs(goal) + 1e-6);
      } else {
        assertEquals(goal, reached, 1e-5);
        assertEquals(brute, norm(norm, moved[0], moved[1], moved[2]), 0.01, "seed " + seed);
      }
    }
  }

  /** The smallest norm over a grid of two values, the one of largest weight solved for. */
  private static double search(Norm norm, float[] x, float[] w, double goal) {
    int solved = 0;
    for (int i = 1; i < 3; i++) {
      solved = Math.abs(w[i]) > Math.abs(w[solved]) ? i : solved;
    }
    int a = (solved + 1) % 3;
    int b = (solved + 2) % 3;
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= GRID; i++) {
      for (int j = 0; j <= GRID; j++) {
        double da = (double) i / GRID - x[a];
        double db = (double) j / GRID - x[b];
        double rest = (goal - w[a] * da - w[b] * db) / w[solved];
        if (x[solved] + rest >= 0 && x[solved] + rest <= 1) {
          best = Math.min(best, norm(norm, da, db, rest));
        }
      }
    }
    return best;
  }

  @Test
  void findsTheNearestPointOfTheL1BallInTheBox() {
    for (int seed = 0; seed < 10; seed++) {
      float[] center = new Rng(seed).uniform(2, 0, 1);
      float[] image = new Rng(seed).split(1).uniform(2, -1, 2);
      double radius = 0.1 + 0.07 * seed;
      float[] found;
      try (Scope scope = Scope.open()) {
        found =
            BoxProjection.ontoL1Ball(
                    Tensor.of(image, 1, 1, 1, 2),
                    Tensor.of(center, 1, 1, 1, 2),
                    Bounds.PIXELS,
                    radius)
                .toFloats();
      }
      double best = Double.POSITIVE_INFINITY;
      for (int i = 0; i <= 2 * GRID; i++) {
        for (int j = 0; j <= 2 * GRID; j++) {
          double a = i / (2.0 * GRID);
          double b = j / (2.0 * GRID);
          if (Math.abs(a - center[0]) + Math.abs(b - center[1]) <= radius) {
            best = Math.min(best, Math.hypot(a - image[0], b - image[1]));
          }
        }
      }
      double size = Math.abs(found[0] - center[0]) + Math.abs(found[1] - center[1]);
      assertTrue(size <= radius + 1e-6);
      assertEquals(best, Math.hypot(found[0] - image[0], found[1] - image[1]), 0.004);
    }
  }
}
