package io.adversight.lab.http;

/** A rejected request with its HTTP status. */
public final class HttpStatusException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  public HttpStatusException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** More bytes or pixels than allowed. */
  public static HttpStatusException tooLarge(String message) {
    return new HttpStatusException(413, message);
  }

  /** More work than can be done. */
  public static HttpStatusException busy(String message) {
    return new HttpStatusException(503, message);
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }
}
