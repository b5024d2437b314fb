package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLimitTest {
  private static final long ROOM = 160L << 20;
  private static final long SLACK = 128L << 20;
  private static final int MEBI = 1 << 20;

  private MemoryLimit usual;
  private long limit;

  @BeforeEach
  void allowLittle() {
    Engine.start();
    usual = Engine.memoryLimit();
    limit = Engine.residentBytes() + ROOM;
    Engine.limitMemory(new MemoryLimit(limit));
  }

  @AfterEach
  void allowTheUsual() {
    Engine.limitMemory(usual);
  }

  @ParameterizedTest
  @ValueSource(ints = {256, MEBI})
  void tensorsThatAreKeptEndInAnErrorNearTheLimit(int elements) {
    try (Scope scope = Scope.open()) {
      assertThatThrownBy(() -> make(20 * ROOM / 4 / elements, elements))
          .isInstanceOf(TensorException.OutOfMemory.class)
          .hasMessageContaining("may have %s MiB".formatted(limit >> 20));
      assertThat(Engine.residentBytes()).isLessThan(limit + SLACK);
      assertThatThrownBy(() -> Tensor.full(1, elements))
          .isInstanceOf(TensorException.OutOfMemory.class);
    }
    Engine.returnFreedMemory();
    try (Scope scope = Scope.open()) {
      assertThat(Tensor.full(1, elements).sum().item()).isEqualTo(elements);
    }
  }

  @Test
  void resultsOfOperationsCount() {
    try (Scope scope = Scope.open()) {
      Tensor ones = Tensor.full(1, MEBI);
      assertThatThrownBy(
              () -> {
                for (long i = 0; i < 20 * ROOM / 4 / MEBI; i++) {
                  ones.add(1);
                }
              })
          .isInstanceOf(TensorException.OutOfMemory.class);
    }
  }

  @Test
  void tensorsThatAreUnreachableAreFreedFirst() {
    make(5 * ROOM / 4 / MEBI, MEBI);
    assertThat(Engine.residentBytes()).isLessThan(limit + SLACK);
  }

  private static void make(long count, int elements) {
    for (long i = 0; i < count; i++) {
      Tensor.full(1, elements);
    }
  }

  @Test
  void theMemoryIsReadOnceForManySmallTensors() {
    AtomicInteger readings = new AtomicInteger();
    MemoryLimit counted = new MemoryLimit(1, () -> readings.getAndIncrement() * 0L);
    for (int i = 0; i < 100_000; i++) {
      counted.made(1000);
    }
    assertThat(readings.get()).isBetween(1, 5);
  }
}
