package io.adversight.tensor;

/** IEEE 754 binary16 numbers: 1 sign bit, 5 bits of exponent, 10 of fraction. */
public final class Half {
  private Half() {}

  /** The number that 16 bits stand for. */
  public static float toFloat(short bits) {
    int exponent = bits >>> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        };
    return bits < 0 ? -magnitude : magnitude;
  }

  /** The nearest binary16 number, ties to even; too large ones become infinite. */
  public static short of(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520) {
      return (short) (sign | 0x7c00);
    }
    int exponent = Math.max(Math.getExponent(magnitude), -14);
    // In units of the last place at this exponent; 1024 and more carry into the exponent.
    int units = (int) Math.rint((double) magnitude * Math.scalb(1.0, 10 - exponent));
    return (short) (sign | (units + ((exponent + 14) << 10)));
  }
}
