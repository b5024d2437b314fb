package io.adversight.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheTest {
  @Test
  void whatWasNotUsedForTheLongestTimeGoesFirst() {
    Cache<String, Integer> recent = new Cache<>(10, Duration.ofHours(1), value -> value);
    recent.put("a", 4);
    recent.put("b", 4);
    assertThat(recent.find("a")).hasValue(4);
    recent.put("c", 4);
    assertThat(recent.find("b")).isEmpty();
    assertThat(recent.find("a")).hasValue(4);
    assertThat(recent.weight()).isEqualTo(8);
  }

  @Test
  void aSingleHeavyValueStays() {
    Cache<String, Integer> recent = new Cache<>(10, Duration.ofHours(1), value -> value);
    recent.put("a", 4);
    recent.put("b", 40);
    assertThat(recent.find("b")).hasValue(40);
    assertThat(recent.size()).isEqualTo(1);
  }

  @Test
  void whoKeepsSomethingElseForAValueHearsThatItIsGone() {
    List<Integer> onEviction = new ArrayList<>();
    Cache<String, Integer> recent =
        new Cache<>(10, Duration.ofHours(1), value -> value, onEviction::add);
    recent.put("a", 4);
    recent.put("b", 5);
    assertThat(recent.find("a")).hasValue(4);
    recent.put("c", 6);
    recent.put("c", 1);
    recent.clear();
    assertThat(onEviction).containsExactly(5, 6, 4, 1);
  }

  @Test
  void unusedValuesExpire() {
    Cache<String, Integer> recent = new Cache<>(10, Duration.ZERO, value -> value);
    recent.put("a", 4);
    assertThat(recent.find("a")).isEmpty();
    assertThat(recent.weight()).isZero();
  }

  @Test
  void replacingAValueReplacesItsWeight() {
    Cache<String, Integer> recent = new Cache<>(10, Duration.ofHours(1), value -> value);
    recent.put("a", 4);
    recent.put("a", 6);
    assertThat(recent.weight()).isEqualTo(6);
  }
}
