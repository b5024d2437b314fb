package io.adversight.image;

/** A coloured map laid over the picture it explains. */
public final class Overlay {
  private Overlay() {}

  /**
   * The picture with the colours over it, (1 - opacity) picture + opacity colours, in RGB.
   *
   * @param opacity 0 shows the picture alone, 1 the colours alone
   */
  public static Raster blend(Raster picture, Raster colours, double opacity) {
    if (!(opacity >= 0 && opacity <= 1)) {
      throw new IllegalArgumentException("opacity must be in [0, 1], but was " + opacity);
    }
    if (picture.height() != colours.height() || picture.width() != colours.width()) {
      throw new IllegalArgumentException(
          "the picture has %s x %s pixels, but the map over it %s x %s; resize one of them"
              .formatted(picture.height(), picture.width(), colours.height(), colours.width()));
    }
    float[] below = picture.toRgb().values();
    float[] above = colours.toRgb().values();
    float[] blended = new float[below.length];
    for (int i = 0; i < blended.length; i++) {
      blended[i] = (float) ((1 - opacity) * below[i] + opacity * above[i]);
    }
    return Raster.adopt(3, picture.height(), picture.width(), blended);
  }
}
