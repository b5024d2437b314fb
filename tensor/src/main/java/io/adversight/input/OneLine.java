package io.adversight.input;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Messages for users, which may quote names and values from outside that hold anything. */
final class OneLine {
  private static final int LONGEST = 2000;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private OneLine() {}

  /** The message in one line, without control characters, cut off after 2000 characters. */
  static @Nullable String of(@Nullable String message) {
    if (message == null) {
      return null;
    }
    String line = CONTROL.matcher(message).replaceAll(" ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line;
  }
}
