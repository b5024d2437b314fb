package io.adversight.visualization.transformation;

/**
 * Where each pixel of a moved image comes from: x' = xx x + xy y + dx, y' = yx x + yy y + dy, in
 * pixels from the image's centre.
 */
public record AffineTransform(double xx, double xy, double dx, double yx, double yy, double dy) {
  /** A shift: the pixel at x comes from x + {@code dx}. */
  static AffineTransform shift(double dx, double dy) {
    return new AffineTransform(1, 0, dx, 0, 1, dy);
  }

  /** Enlarged by a factor around the centre. */
  static AffineTransform scale(double factor) {
    return new AffineTransform(1 / factor, 0, 0, 0, 1 / factor, 0);
  }

  /** Turned around the centre. */
  static AffineTransform rotation(double degrees) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    return new AffineTransform(cos, -sin, 0, sin, cos, 0);
  }

  /** This movement, and {@code next} of its result. */
  AffineTransform then(AffineTransform next) {
    return new AffineTransform(
        xx * next.xx + xy * next.yx,
        xx * next.xy + xy * next.yy,
        xx * next.dx + xy * next.dy + dx,
        yx * next.xx + yy * next.yx,
        yx * next.xy + yy * next.yy,
        yx * next.dx + yy * next.dy + dy);
  }
}
