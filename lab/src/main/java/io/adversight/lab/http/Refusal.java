package io.adversight.lab.http;

/** A rejected request with its HTTP status. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  public Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  /** More bytes or pixels than allowed. */
  public static Refusal tooLarge(String message) {
    return new Refusal(413, message);
  }

  /** More work than can be done. */
  public static Refusal busy(String message) {
    return new Refusal(503, message);
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }
}
