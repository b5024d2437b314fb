package io.adversight.home;

/** One source did not deliver; another may. */
final class SourceFailed extends Exception {
  private static final long serialVersionUID = 1L;

  SourceFailed(Redirection route, String message) {
    this(route + ": " + message);
  }

  /** {@code message} says where. */
  SourceFailed(String message) {
    super(message);
  }
}
