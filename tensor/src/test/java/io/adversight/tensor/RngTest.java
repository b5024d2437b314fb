package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RngTest {
  @Test
  void repeatsItselfForTheSameSeed() {
    assertThat(new Rng(5).uniform(10, -1, 1)).containsExactly(new Rng(5).uniform(10, -1, 1));
    assertThat(new Rng(5).uniform(10, -1, 1)).isNotEqualTo(new Rng(6).uniform(10, -1, 1));
  }

  @Test
  void splitsWithoutChangingItself() {
    Rng rng = new Rng(1);
    Rng third = rng.split(3);
    rng.split(0).uniform(100, 0, 1);
    assertThat(rng.split(3)).isEqualTo(third);
  }

  @Test
  void givesEachIndexASourceOfItsOwn() {
    Set<Long> seeds = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      for (long index = 0; index < 100; index++) {
        seeds.add(new Rng(seed).split(index).seed());
      }
    }
    assertThat(seeds).hasSize(10_000);
    double product = 0;
    for (int i = 0; i < 20_000; i++) {
      float a = new Rng(9).split(i).uniform(1, -1, 1)[0];
      float b = new Rng(9).split(i + 1).uniform(1, -1, 1)[0];
      product += a * b;
    }
    // The mean of products of independent values has a standard deviation of 1 / (3 sqrt(n)).
    assertThat(product / 20_000).isCloseTo(0, within(5 / (3 * Math.sqrt(20_000))));
  }

  @Test
  void drawsUniformValuesFromTheRange() {
    float[] values = new Rng(2).uniform(100_000, -2, 6);
    double mean = 0;
    for (float value : values) {
      assertThat(value).isBetween(-2f, 6f);
      mean += value / values.length;
    }
    // Standard deviation 8 / sqrt(12 n).
    assertThat(mean).isCloseTo(2, within(5 * 8 / Math.sqrt(12 * 100_000)));
  }

  @Test
  void drawsNormalValues() {
    float[] values = new Rng(3).normal(100_000);
    double mean = 0;
    double square = 0;
    for (float value : values) {
      mean += value / 100_000.0;
      square += value * value / 100_000.0;
    }
    assertThat(mean).isCloseTo(0, within(5 / Math.sqrt(100_000)));
    assertThat(square).isCloseTo(1, within(5 * Math.sqrt(2.0 / 100_000)));
  }

  @Test
  void shufflesAllNumbersEvenly() {
    int[] firsts = new int[5];
    for (int seed = 0; seed < 5000; seed++) {
      int[] order = new Rng(seed).permutation(5);
      firsts[order[0]]++;
      Arrays.sort(order);
      assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }
    // Binomial: 1000 each, standard deviation sqrt(5000 * 0.2 * 0.8) = 28.
    for (int count : firsts) {
      assertThat(count).isBetween(860, 1140);
    }
  }
}
