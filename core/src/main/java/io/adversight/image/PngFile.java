package io.adversight.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * PNG: every chunk is checked (W3C PNG, section 5) and only those that say what the pixels are
 * reach the decoder, so that colour profiles and compressed texts can neither change the values nor
 * fill the memory.
 */
final class PngFile {
  private static final Set<String> PIXEL_CHUNKS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
  private static final int SIGNATURE = 8;
  private static final int AROUND_DATA = 12; // length, type and checksum of a chunk

  private PngFile() {}

  static Raster read(byte[] bytes, Source source) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    ByteArrayOutputStream essential = new ByteArrayOutputStream(bytes.length);
    essential.write(bytes, 0, Math.min(SIGNATURE, bytes.length));
    Orientation orientation = Orientation.UPRIGHT;
    int colourType = -1;
    int position = SIGNATURE;
    String type = "";
    while (!type.equals("IEND")) {
      if (bytes.length - position < AROUND_DATA) {
        throw source.truncated("PNG");
      }
      int length = buffer.getInt(position);
      type = new String(bytes, position + 4, 4, StandardCharsets.ISO_8859_1);
      if (length < 0) {
        throw source.damaged("PNG", "a chunk claims %s bytes".formatted(length & 0xffffffffL));
      }
      if (length > bytes.length - position - AROUND_DATA) {
        throw source.truncated("PNG");
      }
      if (colourType < 0) {
        if (!type.equals("IHDR") || length != 13) {
          throw source.damaged("PNG", "its header is missing");
        }
        source.checkSize(
            "PNG",
            buffer.getInt(position + 8) & 0xffffffffL,
            buffer.getInt(position + 12) & 0xffffffffL);
        colourType = bytes[position + 17];
      } else if (type.equals("IHDR")) {
        throw source.damaged("PNG", "it has two headers");
      }
      if (PIXEL_CHUNKS.contains(type)) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, position + 4, length + 4);
        if ((int) checksum.getValue() != buffer.getInt(position + 8 + length)) {
          throw source.damaged("PNG", "the checksum of its %s chunk is wrong".formatted(type));
        }
        essential.write(bytes, position, length + AROUND_DATA);
      }
      if (type.equals("eXIf")) {
        orientation =
            Orientation.ofExif(Arrays.copyOfRange(bytes, position + 8, position + 8 + length));
      }
      position += length + AROUND_DATA;
    }
    boolean grey = colourType == 0 || colourType == 4;
    return orientation.apply(
        ImageDecoder.raster(ImageDecoder.decode(essential.toByteArray(), "png"), grey, source));
  }
}
