package io.adversight.model;

import io.adversight.input.InputException;

/**
 * What a network takes, and how an image becomes that.
 *
 * @param size channels, rows and columns
 * @param preprocessing from pixels in [0, 1] to the numbers that enter
 * @param resize from an image of any size to {@code size}
 * @param file which input of the file takes the images
 * @param defense the defence in front, as people write it; empty if there is none
 */
public record InputSpec(
    Input size, Preprocessing preprocessing, InputResize resize, FileInput file, String defense) {
  /** The only input of a file, with no defence in front. */
  public InputSpec(Input size, Preprocessing preprocessing, InputResize resize) {
    this(size, preprocessing, resize, FileInput.ONLY, "");
  }

  public InputSpec {
    if (size.channels() != preprocessing.channels().channels()) {
      throw new InputException(
          "input has %s channels, but preprocessing is for %s"
              .formatted(size.channels(), preprocessing.channels()));
    }
    if (resize.shortSide() != 0 && resize.shortSide() < shortSide(size)) {
      throw new InputException(
          "resize.shortSide must be at least the input's short side %s, but is %s"
              .formatted(shortSide(size), resize.shortSide()));
    }
  }

  private static int shortSide(Input size) {
    return Math.min(size.height(), size.width());
  }

  /** The same for images of another size; a centre crop is the usual one of that size. */
  InputSpec resized(int height, int width) {
    InputResize other =
        resize.mode() == InputResize.Mode.STRETCH
            ? resize
            : InputResize.usualCentreCrop(Math.max(height, width));
    return new InputSpec(
        new Input(size.channels(), height, width), preprocessing, other, file, defense);
  }
}
