package io.adversight.attack.blackbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.Adversarial;
import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Attacks;
import io.adversight.attack.SmallNetworks;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.run.FrameListener;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class SquareTest {
  private static Problem problem() {
    return Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3));
  }

  @Test
  void shrinksItsWindowsByTheSchedule() {
    assertArrayEquals(
        new int[] {1, 1, 2, 2, 4, 8, 16, 32, 64, 128, 256, 512},
        IntStream.of(1, 10, 11, 50, 51, 201, 501, 1001, 2001, 4001, 6001, 8001)
            .map(Square::divisor)
            .toArray());
  }

  @Test
  void changesOneSquareToTheBorderOfTheCube() {
    try (Scope scope = Scope.open()) {
      Ball ball = new Ball(Norm.LINF, 0.05);
      Problem problem = problem().with(Bounds.NONE);
      SquareWindows windows = SquareWindows.of(problem, ball);
      Tensor start = problem.pixels();
      for (int query = 1; query < 20; query++) {
        Tensor change = windows.change(start, 3, Run.of(1), query).sub(start);
        float[] values = change.toFloats();
        int changed = 0;
        int top = 8;
        int bottom = -1;
        for (int i = 0; i < 64; i++) {
          if (values[i] != 0) {
            assertEquals(0.05, Math.abs(values[i]), 1e-6);
            changed++;
            top = Math.min(top, i / 8);
            bottom = Math.max(bottom, i / 8);
          }
        }
        assertEquals(9, changed);
        assertEquals(2, bottom - top);
      }
    }
  }

  @Test
  void makesBumpsOfLengthOnePerHalf() {
    for (int side : new int[] {3, 5, 8}) {
      double[][] bump = SquareBumps.bump(side);
      double upper = 0;
      double lower = 0;
      for (int i = 0; i < side; i++) {
        for (int j = 0; j < side; j++) {
          double square = bump[i][j] * bump[i][j];
          upper += i < side / 2 ? square : 0;
          lower += i < side / 2 ? 0 : square;
          assertTrue(i < side / 2 ? bump[i][j] > 0 : bump[i][j] < 0);
        }
      }
      assertEquals(1, upper, 1e-9);
      assertEquals(1, lower, 1e-9);
    }
    // Upper half of 1 x 3: the middle is 1 + 1/4, its neighbours 1/4, before scaling.
    double[] row = SquareBumps.bump(3)[0];
    assertEquals(5, row[1] / row[0], 1e-9);
  }

  @Test
  void keepsTheWholeLengthOfTheBall() {
    try (Scope scope = Scope.open()) {
      for (Norm norm : List.of(Norm.L2, Norm.L1)) {
        Ball ball = new Ball(norm, 0.4);
        Problem problem = problem().with(Bounds.NONE);
        SquareWindows windows = SquareWindows.of(problem, ball);
        Tensor x = windows.start(Run.of(1));
        assertEquals(0.4, norm.of(x.sub(problem.pixels())).item(), 1e-5);
        for (int query = 1; query < 30; query++) {
          x = windows.change(x, 3, Run.of(1), query);
          assertEquals(0.4, norm.of(x.sub(problem.pixels())).item(), 2e-4);
        }
      }
    }
  }

  @Test
  void asksNoMoreOnceTheGoalIsReached() {
    try (Scope scope = Scope.open()) {
      Tensor two = Tensor.concat(List.of(problem().pixels(), problem().pixels()), 0);
      Problem problem = Problem.of(AttackNetworks.f8(), two, List.of(3, 3));
      List<Adversarial> results =
          Attacks.run(
              new Square(500, 0.8),
              problem,
              Norm.LINF,
              List.of(0.06),
              Attacks.Rounding.SKIP,
              Run.of(new Rng(4), 0, 2));
      for (Adversarial a : results) {
        assertTrue(a.success());
        assertTrue(a.cost().forwards() < 500, a.cost().toString());
        assertEquals(0, a.cost().backwards());
      }
    }
  }

  /** The most tensors and other native things there are at any step, beside those before. */
  private static long held(int images) {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new Rng(3).uniform(images * 64, 0.1, 0.9), images, 1, 8, 8);
      Classifier network = SmallNetworks.randomLinear(8, 3, 11);
      List<Integer> labels =
          Arrays.stream(network.logits(x).argmax(1).toLongs()).mapToObj(c -> (int) c).toList();
      Problem problem = Problem.of(network, x, labels).within(Tensor.ones(1, 1, 8, 8));
      AtomicLong most = new AtomicLong();
      Set<Long> sizes = new TreeSet<>();
      FrameListener watch =
          (now, loss) -> {
            most.accumulateAndGet(Pointer.totalCount(), Math::max);
            sizes.add(now.size(0));
          };
      long before = Pointer.totalCount();
      new Square(300, 0.8).perturb(problem, new Ball(Norm.LINF, 0.1), Run.of(images).with(watch));
      assertTrue(sizes.size() > images / 4, "images left at " + sizes.size() + " times");
      return most.get() - before;
    }
  }

  @Test
  void holdsNoMoreTensorsWhenMoreImagesLeave() {
    held(4);
    long few = held(4);
    long many = held(64);
    assertTrue(many - few < 100, "held %s and %s".formatted(few, many));
  }
}
