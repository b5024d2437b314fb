package io.adversight.cli;

import java.util.Locale;

/** File names from what people write. */
final class FileNames {
  private static final int LONGEST = 80;

  private FileNames() {}

  /** Letters, digits, dots and hyphens. */
  static String of(String text) {
    String name =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._]+", "-").replaceAll("^[-.]+|-$", "");
    String some = name.isEmpty() ? "picture" : name;
    return some.length() > LONGEST ? some.substring(0, LONGEST) : some;
  }
}
