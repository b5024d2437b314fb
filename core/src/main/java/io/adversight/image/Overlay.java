package io.adversight.image;

/** A coloured map laid over the image it explains. */
public final class Overlay {
  private Overlay() {}

  /**
   * The image with the colours over it, (1 - opacity) image + opacity colours, in RGB.
   *
   * @param opacity 0 shows the image alone, 1 the colours alone
   */
  public static Raster blend(Raster image, Raster colours, double opacity) {
    if (!(opacity >= 0 && opacity <= 1)) {
      throw new IllegalArgumentException("opacity must be in [0, 1], but was " + opacity);
    }
    if (image.height() != colours.height() || image.width() != colours.width()) {
      throw new IllegalArgumentException(
          "the image has %s x %s pixels, but the map over it %s x %s; resize one of them"
              .formatted(image.height(), image.width(), colours.height(), colours.width()));
    }
    float[] below = image.toRgb().values();
    float[] above = colours.toRgb().values();
    float[] blended = new float[below.length];
    for (int i = 0; i < blended.length; i++) {
      blended[i] = (float) ((1 - opacity) * below[i] + opacity * above[i]);
    }
    return Raster.adopt(3, image.height(), image.width(), blended);
  }
}
