package io.adversight.input;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants of enumerations by the names that come from outside. */
public final class Constants {
  private Constants() {}

  /**
   * The constant of that name, in any case.
   *
   * @param what what the message calls the value
   * @throws InputException naming the constants, in lower case, if there is none of that name
   */
  public static <E extends Enum<E>> E named(Class<E> type, String what, String given) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(given))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "%s must be one of %s, but was \"%s\""
                        .formatted(
                            what,
                            Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")),
                            given)));
  }
}
