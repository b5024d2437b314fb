package io.adversight.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The file formats that can be read, told apart by their first bytes, never by the file's name. */
enum PictureFormat {
  PNG("PNG"),
  JPEG("JPEG"),
  WEBP("WebP"),
  BMP("BMP"),
  GIF("GIF"),
  NPY(".npy picture");

  /** How many bytes of a file {@link #of} needs. */
  static final int MAGIC_BYTES = 16;

  private final String title;

  PictureFormat(String title) {
    this.title = title;
  }

  /** Reads a picture of any format; every failure becomes an {@link ImageFormatException}. */
  static Raster read(byte[] bytes, Source source) {
    return of(bytes, source).decode(bytes, source);
  }

  private Raster decode(byte[] bytes, Source source) {
    try {
      return switch (this) {
        case PNG -> PngFile.read(bytes, source);
        case JPEG -> JpegFile.read(bytes, source);
        case WEBP -> WebpFile.read(bytes, source);
        case BMP -> BmpFile.read(bytes, source);
        case GIF -> GifFile.read(bytes, source);
        case NPY -> Npy.readPicture(bytes, source);
      };
    } catch (ImageFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw source.damaged(title, "decoding failed (%s)".formatted(e));
    } catch (OutOfMemoryError e) {
      throw ImageFiles.outOfMemory(source);
    }
  }

  /** The format of a file that begins with these bytes. */
  static PictureFormat of(byte[] bytes, Source source) {
    String start =
        new String(bytes, 0, Math.min(bytes.length, MAGIC_BYTES), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG")) {
      return PNG;
    }
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return WEBP;
    }
    if (start.startsWith("GIF8")) {
      return GIF;
    }
    if (start.startsWith("BM")) {
      return BMP;
    }
    if (start.startsWith("\u0093NUMPY")) {
      return NPY;
    }
    throw source.refusal(
        "a picture (PNG, JPEG, WebP, BMP, GIF or .npy)", came(bytes, start), "give a picture file");
  }

  private static String came(byte[] bytes, String start) {
    if (bytes.length == 0) {
      return "the file is empty";
    }
    boolean text =
        start.chars().allMatch(c -> (c >= ' ' && c < 127) || c == '\n' || c == '\r' || c == '\t');
    return text
        ? "it is text that begins with \"%s\"".formatted(start.strip())
        : "its first bytes are "
            + HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, 8)));
  }
}
