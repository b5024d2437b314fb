package io.adversight.lab.response;

import io.adversight.image.ColorMap;
import io.adversight.image.Raster;
import java.util.Base64;

/** Colour maps as a page reads them. */
public final class ColorTables {
  private static final int COLOURS = 256;

  private ColorTables() {}

  /** A colour map as 256 colours of three bytes, in base 64. */
  public static String of(ColorMap map) {
    Raster ramp = Raster.generate(1, 1, COLOURS, (c, y, x) -> x);
    Raster colours = map.apply(ramp, 0, COLOURS - 1);
    byte[] table = new byte[3 * COLOURS];
    for (int i = 0; i < COLOURS; i++) {
      for (int c = 0; c < 3; c++) {
        table[3 * i + c] = (byte) Math.rint(255 * colours.at(c, 0, i));
      }
    }
    return Base64.getEncoder().encodeToString(table);
  }
}
