package io.adversight.image;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** JPEG: the segments are walked to the end-of-image marker (ITU-T T.81, annex B) first. */
final class JpegFile {
  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;

  private JpegFile() {}

  static Raster read(byte[] bytes, Source source) throws IOException {
    checkStructure(bytes, source);
    Raster stored = Decoder.raster(Decoder.decode(bytes, "jpeg"), true);
    return Orientation.of(orientationTag(bytes)).apply(stored);
  }

  private static void checkStructure(byte[] bytes, Source source) {
    boolean frame = false;
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
      }
      position += Math.max(2, length);
      if (marker == START_OF_SCAN) {
        position = endOfScan(bytes, position);
      }
    }
    if (!frame) {
      throw source.damaged("JPEG", "it has no frame header");
    }
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

  /** The EXIF orientation tag, or 1 where there is none that can be read. */
  private static int orientationTag(byte[] bytes) throws IOException {
    try {
      Metadata metadata =
          JpegMetadataReader.readMetadata(
              new ByteArrayInputStream(bytes), List.of(new ExifReader()));
      ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer tag =
          directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return tag == null ? 1 : tag;
    } catch (JpegProcessingException e) {
      return 1; // the pixels have been decoded: broken metadata only means there is no orientation
    }
  }
}
