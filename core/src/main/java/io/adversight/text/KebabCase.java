package io.adversight.text;

import java.util.Locale;

/** Names as people write them in commands. */
public final class KebabCase {
  private KebabCase() {}

  /** {@code GradCam} as {@code grad-cam}. */
  public static String of(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
