package io.adversight.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.List;

/**
 * TIFF: the size, the samples and the places of all strips or tiles are checked (TIFF 6.0, sections
 * 3 to 8 and 15) before the JDK's reader sees the file. JPEG inside a TIFF is refused, since its
 * real size stands in the strips only.
 */
final class TiffFile {
  private static final long MOST_SAMPLES = 4;
  private static final long MOST_BITS = 16;
  private static final long UNSIGNED = 1;
  private static final long OLD_JPEG = 6;
  private static final long JPEG = 7;
  private static final long BLACK_IS_ZERO = 1;
  private static final long PALETTE = 3;

  private TiffFile() {}

  static Raster read(byte[] bytes, Source source) throws IOException {
    TiffDirectory directory = TiffDirectory.read(bytes).orElseThrow(() -> source.truncated("TIFF"));
    long width = directory.first(TiffDirectory.WIDTH, 0);
    long height = directory.first(TiffDirectory.HEIGHT, 0);
    source.checkSize("TIFF", width, height);
    checkSamples(directory, source);
    if (directory.all(TiffDirectory.TILE_WIDTH).isEmpty()) {
      checkPlaces(directory, TiffDirectory.STRIP_OFFSETS, TiffDirectory.STRIP_BYTES, bytes, source);
    } else {
      source.checkSize(
          "TIFF",
          directory.first(TiffDirectory.TILE_WIDTH, 0),
          directory.first(TiffDirectory.TILE_HEIGHT, 0));
      checkPlaces(directory, TiffDirectory.TILE_OFFSETS, TiffDirectory.TILE_BYTES, bytes, source);
    }
    long interpretation = directory.first(TiffDirectory.INTERPRETATION, 1);
    BufferedImage decoded = ImageDecoder.decode(bytes, "tiff");
    Raster stored =
        ImageDecoder.raster(
            interpretation == PALETTE ? inItsColours(decoded, directory, source) : decoded,
            interpretation <= BLACK_IS_ZERO,
            source);
    return directory.orientation().apply(stored);
  }

  /** The upper bytes of the 16-bit colours, as libtiff has it; the JDK rounds them instead. */
  private static BufferedImage inItsColours(
      BufferedImage image, TiffDirectory directory, Source source) {
    List<Long> colours = directory.all(TiffDirectory.COLOURS);
    int bits = (int) directory.first(TiffDirectory.BITS, 1);
    int size = 1 << bits;
    if (bits > 8 || colours.size() != 3 * size || image.getRaster().getNumBands() != 1) {
      throw source.damaged("TIFF", "its palette does not fit its pixels");
    }
    byte[][] parts = new byte[3][size];
    for (int i = 0; i < colours.size(); i++) {
      parts[i / size][i % size] = (byte) (colours.get(i) >> 8);
    }
    ColorModel palette = new IndexColorModel(bits, size, parts[0], parts[1], parts[2]);
    return new BufferedImage(palette, image.getRaster(), false, null);
  }

  private static void checkSamples(TiffDirectory directory, Source source) {
    List<Long> bits = directory.all(TiffDirectory.BITS);
    long samples = directory.first(TiffDirectory.SAMPLES, 1);
    long compression = directory.first(TiffDirectory.COMPRESSION, 1);
    if (samples < 1 || samples > MOST_SAMPLES) {
      throw source.refusal(
          "a TIFF of 1 to %s samples a pixel".formatted(MOST_SAMPLES),
          "it has " + samples,
          "save it as a grey or an RGB image");
    }
    if (bits.stream().anyMatch(each -> each < 1 || each > MOST_BITS)
        || directory.all(TiffDirectory.SAMPLE_FORMAT).stream().anyMatch(f -> f != UNSIGNED)) {
      throw source.refusal(
          "a TIFF of unsigned samples of 1 to %s bits".formatted(MOST_BITS),
          "its samples are others",
          "save it with 8 or 16 bits, or its exact values as .npy");
    }
    if (directory.first(TiffDirectory.INTERPRETATION, 1) > PALETTE) {
      throw source.refusal(
          "a grey, RGB or palette TIFF", "its colours are CMYK or others", "save it as RGB");
    }
    if (compression == OLD_JPEG || compression == JPEG) {
      throw source.refusal(
          "a TIFF without JPEG inside", "it is compressed as JPEG", "save it with LZW or as JPEG");
    }
  }

  private static void checkPlaces(
      TiffDirectory directory, int offsets, int lengths, byte[] bytes, Source source) {
    List<Long> starts = directory.all(offsets);
    List<Long> sizes = directory.all(lengths);
    if (starts.isEmpty() || starts.size() != sizes.size()) {
      throw source.damaged("TIFF", "it does not say where its pixels are");
    }
    for (int i = 0; i < starts.size(); i++) {
      if (starts.get(i) + sizes.get(i) > bytes.length) {
        throw source.truncated("TIFF");
      }
    }
  }
}
