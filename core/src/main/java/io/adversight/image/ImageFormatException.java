package io.adversight.image;

/** A file that cannot be read as an image; the message is one line saying what to do about it. */
public final class ImageFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean tooLarge;

  public ImageFormatException(String message) {
    this(message, false);
  }

  ImageFormatException(String message, boolean tooLarge) {
    super(message);
    this.tooLarge = tooLarge;
  }

  /** Whether the file may be an image, but one of more pixels than allowed. */
  public boolean isTooLarge() {
    return tooLarge;
  }
}
