package io.adversight.attack.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.Adversarial;
import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Attacks;
import io.adversight.attack.TransformAttack;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformAttacksTest {
  private static final Attacks.Settings PLAIN = Attacks.Settings.of(Attacks.Rounding.SKIP);

  static Stream<TransformAttack> attacks() {
    return Stream.of(new BlurSearch(), new ContrastSearch(), new SpatialSearch(30, .2, 7, 3));
  }

  private static Problem problem() {
    Tensor x = AttackNetworks.f8Input();
    Tensor all = Tensor.concat(List.of(x, x.flip(3), x.flip(2).mul(.8)), 0);
    long[] classes = AttackNetworks.f8().logits(all).argmax(1).toLongs();
    return Problem.of(
        AttackNetworks.f8(), all, Arrays.stream(classes).mapToObj(c -> (int) c).toList());
  }

  private static List<Adversarial> run(TransformAttack attack, Problem problem) {
    return Attacks.run(attack, problem, PLAIN, Run.of(problem.size()), a -> {});
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void givesAnImageTheSameResultAloneAndInABatch(TransformAttack attack) {
    try (Scope scope = Scope.open()) {
      List<Adversarial> together = run(attack, problem());
      assertTrue(together.stream().anyMatch(Adversarial::success));
      for (int i = 0; i < 3; i++) {
        Adversarial alone = run(attack, problem().select(i)).get(0);
        assertArrayEquals(together.get(i).changed().toArray(), alone.changed().toArray(), 1e-5f);
        assertTrue(alone.changed().min() >= 0 && alone.changed().max() <= 1);
        assertTrue(Double.isNaN(alone.epsilon()));
      }
    }
  }

  @Test
  void findsTheContrastAtWhichTheClassFlips() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {.9f, .9f, .3f, .3f}, 2, 1, 1, 2);
      Problem problem = Problem.of(AttackNetworks.line(1, 1, -1.2), x, List.of(1, 0));
      List<Adversarial> results = run(new ContrastSearch(), problem);
      assertTrue(results.get(0).success());
      assertEquals(.6, results.get(0).changed().at(0, 0, 0), 1e-3);
      assertFalse(results.get(1).success()); // grey itself has class 0
      assertEquals(0, results.get(1).norms().linf());
    }
  }

  @Test
  void shiftsByWholePixelsOntoBlack() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      SpatialSearch search = new SpatialSearch(0, 1 / 8.0, 1, 3);
      float[] all = problem.pixels().toFloats();
      for (Adversarial result : run(search, problem)) {
        float[] original = Arrays.copyOfRange(all, 64 * result.image(), 64 * result.image() + 64);
        float[] changed = result.changed().toArray();
        boolean known = Arrays.equals(original, changed);
        for (int down = -1; down <= 1; down++) {
          for (int right = -1; right <= 1; right++) {
            known |= nearly(shifted(original, down, right), changed);
          }
        }
        assertTrue(known);
      }
    }
  }

  private static float[] shifted(float[] image, int down, int right) {
    float[] shifted = new float[64];
    for (int r = 0; r < 8; r++) {
      for (int c = 0; c < 8; c++) {
        int y = r - down;
        int x = c - right;
        shifted[8 * r + c] = y < 0 || y > 7 || x < 0 || x > 7 ? 0 : image[8 * y + x];
      }
    }
    return shifted;
  }

  private static boolean nearly(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > 1e-5) {
        return false;
      }
    }
    return true;
  }
}
