package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static void collectGarbage() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
  }

  @Test
  void freesWhatIsNotKept() {
    Tensor lost;
    try (Scope scope = Scope.open()) {
      lost = Tensor.ones(3);
    }
    assertThat(lost.handle().isNull()).isTrue();
  }

  @Test
  void handsKeptTensorsToTheSurroundingScope() {
    Tensor kept;
    try (Scope outer = Scope.open()) {
      try (Scope inner = Scope.open()) {
        kept = inner.keep(Tensor.full(2, 3).mul(2));
      }
      assertThat(kept.toFloats()).containsExactly(4, 4, 4);
    }
    assertThat(kept.handle().isNull()).isTrue();
  }

  @Test
  void leavesWhatTheOutermostScopeKeepsToTheGarbageCollector() throws InterruptedException {
    List<Tensor> kept = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      try (Scope scope = Scope.open()) {
        kept.add(scope.keep(Tensor.full(i, 1000).add(1)));
      }
    }
    collectGarbage();
    for (int i = 0; i < 20; i++) {
      assertThat(kept.get(i).toFloats()).containsOnly(i + 1).hasSize(1000);
    }
  }

  @Test
  void releasesTensorsFromEveryScope() throws InterruptedException {
    Tensor released;
    try (Scope outer = Scope.open()) {
      try (Scope inner = Scope.open()) {
        released = inner.release(Tensor.full(7, 5));
      }
    }
    collectGarbage();
    assertThat(released.toFloats()).containsOnly(7).hasSize(5);
    released.close();
    assertThat(released.handle().isNull()).isTrue();
  }

  @Test
  void mustBeClosedInnermostFirst() {
    Scope outer = Scope.open();
    Scope inner = Scope.open();
    assertThatThrownBy(outer::close).isInstanceOf(IllegalStateException.class);
    inner.close();
    outer.close();
  }

  private static Tensor weights(int seed, long... sizes) {
    return Tensor.of(new Rng(seed).normal((int) Shape.of(sizes).elements()), sizes);
  }

  /** One forward and backward pass of two convolutions with a guided rectifier between them. */
  private static Tensor gradient(Tensor x, Tensor first, Tensor second) {
    Tensor leaf = x.leaf();
    Kernels.Window window = Kernels.Window.of(1, 1, 1);
    Tensor hidden = Gradients.keepPositive(Kernels.conv(leaf, first, null, window, 1).relu());
    Tensor score = Kernels.conv(hidden, second, null, window, 1).square().mean();
    return Gradients.of(score, leaf);
  }

  @Test
  void keepsNativeMemoryFlatOverFiveThousandRounds() {
    int threads = Engine.threads();
    Engine.setThreads(1);
    try (Scope scope = Scope.open()) {
      Tensor x = weights(1, 1, 4, 32, 32);
      Tensor first = weights(2, 16, 4, 1, 1);
      Tensor second = weights(3, 4, 16, 1, 1);
      // One activation that leaks each round would be 64 KB x 5000 = 330 MB, every time.
      assertThat(Stream.generate(() -> growth(x, first, second)).limit(4))
          .anyMatch(bytes -> bytes < 120_000_000);
    } finally {
      Engine.setThreads(threads);
    }
  }

  private static long growth(Tensor x, Tensor first, Tensor second) {
    for (int i = 0; i < 500; i++) {
      round(x, first, second);
    }
    long before = Engine.residentBytes();
    for (int i = 0; i < 5000; i++) {
      round(x, first, second);
    }
    return Engine.residentBytes() - before;
  }

  private static void round(Tensor x, Tensor first, Tensor second) {
    try (Scope scope = Scope.open()) {
      gradient(x, first, second);
    }
  }

  @Test
  void givesTheSameResultOnTwoThreadsAtOnce() throws Exception {
    try (Scope scope = Scope.open()) {
      Tensor first = weights(2, 16, 4, 3, 3);
      Tensor second = weights(3, 4, 16, 3, 3);
      List<float[]> alone = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        alone.add(gradient(weights(100 + i, 1, 4, 16, 16), first, second).toFloats());
      }
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        List<Future<float[]>> together = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          int seed = 100 + i;
          together.add(
              threads.submit(
                  () -> {
                    try (Scope inner = Scope.open()) {
                      return gradient(weights(seed, 1, 4, 16, 16), first, second).toFloats();
                    }
                  }));
        }
        for (int i = 0; i < 16; i++) {
          assertThat(together.get(i).get()).containsExactly(alone.get(i), within(1e-5f));
        }
      } finally {
        threads.shutdown();
      }
    }
  }

  @Test
  void givesTheSameResultWithOneAndTwoThreadsPerOperation() {
    int threads = Engine.threads();
    try (Scope scope = Scope.open()) {
      Tensor x = weights(1, 2, 4, 32, 32);
      Tensor first = weights(2, 16, 4, 3, 3);
      Tensor second = weights(3, 4, 16, 3, 3);
      Engine.setThreads(1);
      float[] one = gradient(x, first, second).toFloats();
      Engine.setThreads(2);
      assertThat(Engine.threads()).isEqualTo(2);
      assertThat(gradient(x, first, second).toFloats()).containsExactly(one, within(1e-5f));
    } finally {
      Engine.setThreads(threads);
    }
  }
}
