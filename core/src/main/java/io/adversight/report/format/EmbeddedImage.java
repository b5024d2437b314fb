package io.adversight.report.format;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * An image inside a page.
 *
 * @param source the whole file as a data URL
 * @param small whether it is so small that it is enlarged in whole pixels, others smoothly
 */
public record EmbeddedImage(String source, boolean small) {
  private static final int SMALL = 200;

  /** A PNG, JPEG or SVG file. */
  static EmbeddedImage of(byte[] file) {
    boolean png = file.length > 20 && file[0] == (byte) 0x89;
    String type = png ? "png" : file.length > 0 && file[0] == '<' ? "svg+xml" : "jpeg";
    String data = Base64.getEncoder().encodeToString(file);
    return new EmbeddedImage(
        "data:image/%s;base64,".formatted(type) + data,
        // The width stands in the header of every PNG file (W3C PNG, section 11.2.1).
        png && ByteBuffer.wrap(file).getInt(16) < SMALL);
  }
}
