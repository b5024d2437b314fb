package io.adversight.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JPEG: the segments are walked to the end-of-image marker (ITU-T T.81, annex B) first. */
final class JpegFile {
  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;

  private static final int EXIF = 0xe1;
  private static final int MOST_SCANS = 100;

  /** How many scans an image of as many pixels as are allowed may have. */
  private static final long MOST_PASSES = 20;

  private JpegFile() {}

  static Raster read(byte[] bytes, Source source) throws IOException {
    Orientation orientation = checkStructure(bytes, source);
    return orientation.apply(ImageDecoder.raster(ImageDecoder.decode(bytes, "jpeg"), true, source));
  }

  /** Walks the segments; returns the orientation of the first EXIF segment. */
  private static Orientation checkStructure(byte[] bytes, Source source) {
    @Nullable Orientation orientation = null;
    boolean frame = false;
    long pixels = 0;
    int scans = 0;
    int position = 2;
    while (true) {
      position = nextMarker(bytes, position, source);
      int marker = bytes[position++] & 255;
      if (marker == END_OF_IMAGE) {
        break;
      }
      if (isBare(marker)) {
        continue;
      }
      if (position + 2 > bytes.length) {
        throw source.truncated("JPEG");
      }
      int length = unsignedShort(bytes, position);
      if (position + length > bytes.length) {
        throw source.truncated("JPEG");
      }
      if (isFrameHeader(marker) && length >= 8) {
        frame = true;
        int height = unsignedShort(bytes, position + 3);
        int width = unsignedShort(bytes, position + 5);
        source.checkSize("JPEG", width, height);
        pixels = (long) width * height;
      }
      if (marker == EXIF && orientation == null && isExif(bytes, position + 2)) {
        orientation =
            Orientation.ofExif(
                Arrays.copyOfRange(bytes, position + 2, position + Math.max(2, length)));
      }
      position += Math.max(2, length);
      if (marker == START_OF_SCAN) {
        checkScans(++scans, pixels, source);
        position = endOfScan(bytes, position);
      }
    }
    if (!frame) {
      throw source.damaged("JPEG", "it has no frame header");
    }
    return orientation == null ? Orientation.UPRIGHT : orientation;
  }

  /** Every scan of a progressive image costs a pass over all of its pixels. */
  private static void checkScans(int scans, long pixels, Source source) {
    if (scans > MOST_SCANS
        || scans > MOST_PASSES * (double) source.maxPixels() / Math.max(1, pixels)) {
      throw source.refusal(
          "a JPEG of few scans (usual are 1 to 12)",
          String.format(Locale.ROOT, "%,d pixels came in %s scans or more", pixels, scans),
          "save it again as a baseline JPEG");
    }
  }

  private static boolean isExif(byte[] bytes, int from) {
    return from + 6 <= bytes.length
        && new String(bytes, from, 6, StandardCharsets.ISO_8859_1).equals("Exif\0\0");
  }

  /** The position of the byte that names the next marker. */
  private static int nextMarker(byte[] bytes, int from, Source source) {
    for (int i = from; i + 1 < bytes.length; i++) {
      int next = bytes[i + 1] & 255;
      if ((bytes[i] & 255) == 0xff && next != 0xff && next != 0) {
        return i + 1;
      }
    }
    throw source.truncated("JPEG");
  }

  /** The position of the marker after the entropy-coded data, which escapes its own 0xff bytes. */
  private static int endOfScan(byte[] bytes, int from) {
    for (int i = from; i + 1 < bytes.length; i++) {
      int next = bytes[i + 1] & 255;
      if ((bytes[i] & 255) == 0xff && next != 0 && next != 0xff && !isRestart(next)) {
        return i;
      }
    }
    return bytes.length;
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xd0 && marker <= 0xd7;
  }

  private static boolean isBare(int marker) {
    return marker == START_OF_IMAGE || marker == 1 || isRestart(marker);
  }

  private static boolean isFrameHeader(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static int unsignedShort(byte[] bytes, int position) {
    return ((bytes[position] & 255) << 8) | (bytes[position + 1] & 255);
  }
}
