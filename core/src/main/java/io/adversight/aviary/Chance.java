package io.adversight.aviary;

import io.adversight.tensor.Rng;
import java.util.List;
import java.util.SplittableRandom;

/** Random choices that follow from a seed alone. */
final class Chance {
  private final SplittableRandom random;

  Chance(Rng rng) {
    this.random = rng.generator();
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  Noise noise() {
    return new Noise(random.nextLong());
  }
}
