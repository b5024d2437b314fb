package io.adversight.lab.live;

import io.adversight.lab.http.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A header of JSON and raw values in one piece: the header's length (4 bytes, little endian), the
 * header, padded with spaces so that values begin at a multiple of 4, and the values.
 */
public final class Envelope {
  private Envelope() {}

  /** The bytes of a header with its values; {@code header} gets the list of them. */
  public static ByteBuffer of(ObjectNode header, List<Blob> blobs) {
    ArrayNode list = header.putArray("blobs");
    int offset = 0;
    for (Blob blob : blobs) {
      int length = blob.values().remaining();
      ObjectNode node = list.addObject();
      node.put("name", blob.name());
      node.put("kind", blob.kind());
      ArrayNode shape = node.putArray("shape");
      blob.shape().forEach(shape::add);
      node.put("offset", offset);
      node.put("length", length);
      offset = Math.addExact(offset, padded(length));
    }
    byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
    int headerLength = padded(json.length);
    ByteBuffer bytes =
        ByteBuffer.allocate(4 + headerLength + offset).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(headerLength).put(json);
    while (bytes.position() < 4 + headerLength) {
      bytes.put((byte) ' ');
    }
    for (Blob blob : blobs) {
      int start = bytes.position();
      bytes.put(blob.values().duplicate());
      bytes.position(start + padded(blob.values().remaining()));
    }
    return bytes.flip();
  }

  private static int padded(int length) {
    return (length + 3) / 4 * 4;
  }
}
