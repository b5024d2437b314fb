package io.adversight.model;

import io.adversight.input.InputException;

/** The size of the images a network takes; no side is longer than 16384. */
public record Input(int channels, int height, int width) {
  static final int LONGEST_SIDE = 16384;

  public Input {
    if (channels < 1 || height < 1 || width < 1) {
      throw new InputException(
          "an input needs at least one channel, row and column, but (%s, %s, %s) was given"
              .formatted(channels, height, width));
    }
    if (height > LONGEST_SIDE || width > LONGEST_SIDE) {
      throw new InputException(
          "an input's sides are at most %s, but %s x %s was given"
              .formatted(LONGEST_SIDE, height, width));
    }
  }
}
