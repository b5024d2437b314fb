package io.adversight.lab.http;

import java.util.regex.Pattern;

/** Keeps to itself where files lie on the server's machine. */
public final class LocalPaths {
  /**
   * From the root to the last folder, as far as the sentence goes on without a mark; what is left
   * is the file's own name. Addresses ({@code http://...}) and fractions (8/255) do not match.
   */
  private static final Pattern FOLDERS =
      Pattern.compile(
          "(?<![\\w:/.)])(?:[A-Za-z]:)?[/\\\\](?:[^\"';:,()\\n]*[/\\\\])?(?=[^\\s/\\\\])");

  private LocalPaths() {}

  /** A message with file names in the place of absolute paths. */
  public static String hiddenIn(String message) {
    return FOLDERS.matcher(message).replaceAll("");
  }
}
