package io.adversight.image;

import java.util.Locale;

/**
 * Where bytes come from, and how many pixels may be decoded from them.
 *
 * @param maxPixels an image of more is refused
 * @param keptPixels an image of more is reduced while it is decoded
 */
record Source(String name, long maxPixels, long keptPixels) {
  Source(String name, long maxPixels) {
    this(name, maxPixels, maxPixels);
  }

  Source {
    if (maxPixels < 1) {
      throw new IllegalArgumentException("maxPixels must be at least 1, but was " + maxPixels);
    }
    if (keptPixels < 1) {
      throw new IllegalArgumentException("keptPixels must be at least 1, but was " + keptPixels);
    }
  }

  /** The exception that says what was expected, what came and what to do, in one line. */
  ImageFormatException refusal(String expected, String came, String advice) {
    return new ImageFormatException(message(expected, came, advice));
  }

  private String message(String expected, String came, String advice) {
    return "%s: expected %s, but %s; %s"
        .formatted(name, expected, came, advice)
        .replaceAll("\\p{Cntrl}+", " ");
  }

  ImageFormatException truncated(String format) {
    return refusal("a complete " + format, "the file ends too early", "fetch or save it again");
  }

  ImageFormatException damaged(String format, String how) {
    return refusal("a valid " + format, how, "save the image again");
  }

  /** Refuses a size that is not positive or holds more than {@link #maxPixels()} pixels. */
  void checkSize(String format, long width, long height) {
    if (width < 1 || height < 1) {
      throw damaged(format, "its header says %s x %s pixels".formatted(width, height));
    }
    if (width > maxPixels / height) {
      throw new ImageFormatException(
          message(
              String.format(Locale.ROOT, "at most %,d pixels", maxPixels),
              "the image has %s x %s".formatted(width, height),
              "shrink it or raise the pixel limit"),
          true);
    }
  }
}
