package io.adversight.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/** 256 measured colours, read from a text of hexadecimal RGB values when first asked for. */
final class ColorTable {
  static final ColorTable VIRIDIS = new ColorTable("viridis.txt");
  static final ColorTable INFERNO = new ColorTable("inferno.txt");

  private final int[] colours = new int[256];

  private ColorTable(String resource) {
    try (InputStream stream = ColorTable.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is missing beside " + ColorTable.class);
      }
      Scanner scanner = new Scanner(stream, StandardCharsets.US_ASCII);
      scanner.nextLine(); // says whose colours these are
      for (int i = 0; i < colours.length; i++) {
        colours[i] = scanner.nextInt(16);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The colour of a step from 0 to 255 as 0xRRGGBB. */
  int rgb(int step) {
    return colours[step];
  }
}
