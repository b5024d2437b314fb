package io.adversight.aviary;

/** A colour: red, green and blue in [0, 1], as in an image file. */
record Tone(double red, double green, double blue) {
  static final Tone WHITE = new Tone(0.97, 0.96, 0.93);
  static final Tone INK = new Tone(0.07, 0.065, 0.075);

  /** A colour as 0xRRGGBB. */
  static Tone of(int rgb) {
    return new Tone((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
  }

  Tone mix(Tone other, double share) {
    double s = share < 0 ? 0 : Math.min(share, 1);
    return new Tone(
        red + s * (other.red - red),
        green + s * (other.green - green),
        blue + s * (other.blue - blue));
  }

  /** Brighter by a factor above 1, darker by one below; bright parts turn pale, not flat. */
  Tone lit(double factor) {
    return factor <= 1
        ? new Tone(red * factor, green * factor, blue * factor)
        : mix(WHITE, Math.min(1, (factor - 1) * 0.75))
            .mix(
                new Tone(
                    Math.min(1, red * factor),
                    Math.min(1, green * factor),
                    Math.min(1, blue * factor)),
                0.6);
  }

  Tone times(Tone other) {
    return new Tone(red * other.red, green * other.green, blue * other.blue);
  }

  double luma() {
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }

  /** With less colour (below 1) or more (above). */
  Tone saturated(double factor) {
    double grey = luma();
    return new Tone(
        limited(grey + factor * (red - grey)),
        limited(grey + factor * (green - grey)),
        limited(grey + factor * (blue - grey)));
  }

  /** Turned round the grey axis, towards the colours that follow in the rainbow. */
  Tone turned(double degrees) {
    double angle = StrictMath.toRadians(degrees);
    double c = StrictMath.cos(angle);
    double third = (1 - c) / 3;
    double s = StrictMath.sin(angle) / Math.sqrt(3);
    return new Tone(
        limited((c + third) * red + (third - s) * green + (third + s) * blue),
        limited((third + s) * red + (c + third) * green + (third - s) * blue),
        limited((third - s) * red + (third + s) * green + (c + third) * blue));
  }

  private static double limited(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
