package io.adversight.graph;

/** A model file or its card is not what it should be; the message is one line naming the file. */
public final class ModelFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 2000;

  private final String path;

  /** The file at {@code path} is wrong: {@code message} says what was expected and what came. */
  public ModelFormatException(String path, String message) {
    super(oneLine(path + ": " + message));
    this.path = path;
  }

  /** Names in a damaged file may hold anything. */
  private static String oneLine(String message) {
    String line = message.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line;
  }

  /** The file, as it was named by whoever asked for it. */
  public String path() {
    return path;
  }
}
