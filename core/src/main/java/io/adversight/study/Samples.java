package io.adversight.study;

import io.adversight.data.DrawnDigits;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The pictures that come with the program. */
public final class Samples {
  private Samples() {}

  /** All of them, by the name of the network that they are made for. */
  public static Map<String, List<Picture>> groups() {
    return Map.of("digits", digits());
  }

  /** The project's own drawings of the ten digits, for the network {@code digits}. */
  public static List<Picture> digits() {
    return IntStream.range(0, 10)
        .mapToObj(
            digit ->
                new Picture(
                    "digit-" + digit,
                    "drawing of a " + digit,
                    "",
                    DrawnDigits.draw(digit, 0),
                    OptionalInt.of(digit)))
        .toList();
  }
}
