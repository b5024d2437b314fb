package io.adversight.input;

import org.jspecify.annotations.Nullable;

/** Messages for users, which may quote names and values from outside that hold anything. */
final class OneLine {
  private static final int LONGEST = 2000;

  private OneLine() {}

  /** The message in one line, without control characters, cut off after 2000 characters. */
  static @Nullable String of(@Nullable String message) {
    if (message == null) {
      return null;
    }
    String line = message.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line;
  }
}
