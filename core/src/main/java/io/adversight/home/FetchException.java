package io.adversight.home;

/** A file could not be fetched, or is not what it should be; the message is one line. */
public final class FetchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code message} says which file, what was expected, what came and what to do. */
  public FetchException(String message) {
    super(message);
  }

  FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
