package io.adversight.plot;

/** A drawing of numbers. */
public interface Plot {
  /** What is drawn. */
  String title();

  /** The drawing as the bytes of a PNG file. */
  byte[] png();

  /** The drawing as the bytes of an SVG file. */
  byte[] svg();
}
