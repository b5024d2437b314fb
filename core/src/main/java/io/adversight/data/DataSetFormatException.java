package io.adversight.data;

/** A file of a data set is not what it should be; the message is one line naming the file. */
public final class DataSetFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The file or folder at {@code path} is wrong in the way that {@code message} says. */
  public DataSetFormatException(Object path, String message) {
    super(path + ": " + message);
  }
}
