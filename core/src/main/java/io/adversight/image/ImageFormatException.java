package io.adversight.image;

/** A file that cannot be read as a picture; the message is one line saying what to do about it. */
public final class ImageFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ImageFormatException(String message) {
    super(message);
  }
}
