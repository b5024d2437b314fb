package io.adversight.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.IIOException;

/** The file formats that can be read, told apart by their first bytes, never by the file's name. */
enum ImageFormat {
  PNG("PNG"),
  JPEG("JPEG"),
  WEBP("WebP"),
  BMP("BMP"),
  GIF("GIF"),
  TIFF("TIFF"),
  NPY(".npy image");

  /** How many bytes of a file {@link #of} needs. */
  static final int MAGIC_BYTES = 16;

  private final String title;

  ImageFormat(String title) {
    this.title = title;
  }

  /** Reads an image of any format; every failure becomes an {@link ImageFormatException}. */
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
        case TIFF -> TiffFile.read(bytes, source);
        case NPY -> Npy.readImage(bytes, source);
      };
    } catch (ImageFormatException e) {
      throw e;
    } catch (IIOException e) {
      throw source.damaged(title, "decoding failed (%s)".formatted(e.getMessage()));
    } catch (IOException | RuntimeException e) { // of libraries that trust the file
      throw source.damaged(title, "its data are damaged");
    } catch (OutOfMemoryError e) {
      throw ImageFiles.outOfMemory(source);
    }
  }

  /** The format of a file that begins with these bytes. */
  static ImageFormat of(byte[] bytes, Source source) {
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
    if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
      return TIFF;
    }
    if (start.startsWith("\u0093NUMPY")) {
      return NPY;
    }
    Optional<Foreign> foreign = foreign(start);
    throw source.refusal(
        "an image (PNG, JPEG, WebP, TIFF, BMP, GIF or .npy)",
        foreign.map(known -> "it is " + known.title()).orElseGet(() -> came(bytes, start)),
        foreign.map(Foreign::advice).orElse("give an image file"));
  }

  /**
   * A format that is known but not read.
   *
   * @param title what it is called
   * @param advice what to do with such a file
   */
  private record Foreign(String title, String advice) {
    static Foreign image(String title) {
      return new Foreign(title, "convert it to PNG");
    }
  }

  private static Optional<Foreign> foreign(String start) {
    if (start.startsWith("ftyp", 4)) { // ISO/IEC 14496-12: the brand says what is inside
      String brand = start.length() < 12 ? "" : start.substring(8, 12);
      return Optional.of(
          switch (brand) {
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" ->
                Foreign.image("HEIC");
            case "avif", "avis" -> Foreign.image("AVIF");
            case "crx " -> Foreign.image("a raw photo (CR3)");
            default ->
                new Foreign(
                    "a film or another file of the MP4 family", "save the frames you need as PNG");
          });
    }
    if (start.startsWith("jP  ", 4) || start.startsWith("\u00ffO\u00ffQ")) {
      return Optional.of(Foreign.image("JPEG 2000"));
    }
    if (start.startsWith("JXL ", 4) || start.startsWith("\u00ff\n")) {
      return Optional.of(Foreign.image("JPEG XL"));
    }
    if (start.startsWith("II+\0") || start.startsWith("MM\0+")) {
      return Optional.of(Foreign.image("BigTIFF"));
    }
    if (start.startsWith("8BPS")) {
      return Optional.of(Foreign.image("a Photoshop file"));
    }
    if (start.startsWith("%PDF")) {
      return Optional.of(new Foreign("a PDF", "save the page or image you need as PNG"));
    }
    if (start.startsWith("PK\u0003\u0004")) {
      return Optional.of(
          new Foreign(
              "a ZIP archive, such as .npz",
              "unpack it and give the images or .npy arrays that are in it"));
    }
    if (start.startsWith("\u0000\u0000\u0001\u0000")) {
      return Optional.of(Foreign.image("an icon (.ico)"));
    }
    return Optional.empty();
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
