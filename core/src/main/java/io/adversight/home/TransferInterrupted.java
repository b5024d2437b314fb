package io.adversight.home;

/** The source delivered a part of the file; asking again may bring the rest. */
final class TransferInterrupted extends Exception {
  private static final long serialVersionUID = 1L;

  TransferInterrupted(Redirection route, String message) {
    super(route + ": " + message);
  }
}
