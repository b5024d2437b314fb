package io.adversight.model;

import io.adversight.input.InputException;
import java.util.Locale;

/**
 * How an image of any size becomes one of the network's input size.
 *
 * @param shortSide the length the short side is scaled to before the centre is cut out; 0 when the
 *     image is stretched
 */
public record InputResize(Mode mode, int shortSide) {
  /** The two ways to bring an image to a size. */
  public enum Mode {
    /** Scale both sides, whatever the aspect ratio. */
    STRETCH,
    /** Scale until the short side fits, keeping the aspect ratio; then cut out the centre. */
    SHORT_SIDE_THEN_CENTRE_CROP;

    /** The name in a card: lower case with hyphens. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public InputResize {
    if (mode == Mode.STRETCH && shortSide != 0) {
      throw new InputException("stretch has no short side, but was given " + shortSide);
    }
    if (mode == Mode.SHORT_SIDE_THEN_CENTRE_CROP && shortSide < 1) {
      throw new InputException(
          "%s needs a shortSide of at least 1, but was given %s".formatted(mode.id(), shortSide));
    }
  }

  /** Scale both sides to the input size. */
  public static InputResize stretch() {
    return new InputResize(Mode.STRETCH, 0);
  }

  /** Scale the short side to {@code shortSide}, then cut the input size out of the centre. */
  public static InputResize shortSideThenCentreCrop(int shortSide) {
    return new InputResize(Mode.SHORT_SIDE_THEN_CENTRE_CROP, shortSide);
  }

  /** The usual cut for ImageNet, 7/8 of the short side: 224 of 256, 299 of 342. */
  public static InputResize usualCentreCrop(int size) {
    return shortSideThenCentreCrop((int) Math.ceil(size / 0.875));
  }
}
