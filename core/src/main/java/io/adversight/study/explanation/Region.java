package io.adversight.study.explanation;

import io.adversight.describe.Check;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rectangle of an image, in shares of its width and height.
 *
 * @param left in [0, 1)
 * @param top in [0, 1)
 * @param right above {@code left}, at most 1
 * @param bottom above {@code top}, at most 1
 */
public record Region(double left, double top, double right, double bottom) {
  private static final Map<String, Region> NAMED = new LinkedHashMap<>();

  static {
    NAMED.put("top-left", new Region(0, 0, 0.4, 0.4));
    NAMED.put("top-right", new Region(0.6, 0, 1, 0.4));
    NAMED.put("bottom-left", new Region(0, 0.6, 0.4, 1));
    NAMED.put("bottom-right", new Region(0.6, 0.6, 1, 1));
    NAMED.put("centre", new Region(0.3, 0.3, 0.7, 0.7));
  }

  /** Checks the sides. */
  public Region {
    Check.within(0.0, 1.0, left, "left");
    Check.within(0.0, 1.0, top, "top");
    Check.within(0.0, 1.0, right, "right");
    Check.within(0.0, 1.0, bottom, "bottom");
    if (!(left < right && top < bottom)) {
      throw new InputException(
          "a region must have left below right and top below bottom, but was %s,%s,%s,%s"
              .formatted(left, top, right, bottom));
    }
  }

  /** A region as people write it: {@code top-left}, or {@code 0.1,0.2,0.5,0.6}. */
  public static Region parse(String text) {
    Region named = NAMED.get(text.strip());
    if (named != null) {
      return named;
    }
    try {
      double[] sides =
          Arrays.stream(text.split(",")).mapToDouble(side -> Double.parseDouble(side)).toArray();
      if (sides.length == 4) {
        return new Region(sides[0], sides[1], sides[2], sides[3]);
      }
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
    throw unknown(text);
  }

  private static IllegalArgumentException unknown(String text) {
    return new InputException(
        "a region is %s, or LEFT,TOP,RIGHT,BOTTOM in shares of the image, but was \"%s\""
            .formatted(String.join(", ", NAMED.keySet()), text));
  }

  /** A map of a size: 1 at places whose middle is inside, 0 elsewhere. */
  public Raster map(int height, int width) {
    return Raster.generate(
        1,
        height,
        width,
        (c, y, x) -> {
          double middleX = (x + 0.5) / width;
          double middleY = (y + 0.5) / height;
          return middleX >= left && middleX < right && middleY >= top && middleY < bottom ? 1 : 0;
        });
  }

  @Override
  public String toString() {
    return NAMED.entrySet().stream()
        .filter(entry -> entry.getValue().equals(this))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("%s,%s,%s,%s".formatted(left, top, right, bottom));
  }
}
