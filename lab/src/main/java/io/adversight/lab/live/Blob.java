package io.adversight.lab.live;

import io.adversight.image.Raster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Raw values beside the JSON of a frame.
 *
 * @param kind rgba, f32, i32 or u8; little endian
 * @param shape of the values
 * @param values read-only, from its position to its limit
 */
public record Blob(String name, String kind, List<Integer> shape, ByteBuffer values) {
  public Blob {
    shape = List.copyOf(shape);
  }

  /** An image of one or three channels, 8 bits each, ready to be drawn. */
  public static Blob image(String name, Raster image) {
    int plane = image.height() * image.width();
    float[] values = image.toArray();
    byte[] rgba = new byte[4 * plane];
    int green = image.channels() == 3 ? plane : 0;
    for (int i = 0; i < plane; i++) {
      rgba[4 * i] = level(values[i]);
      rgba[4 * i + 1] = level(values[green + i]);
      rgba[4 * i + 2] = level(values[2 * green + i]);
      rgba[4 * i + 3] = (byte) 255;
    }
    return new Blob(name, "rgba", List.of(image.height(), image.width()), ByteBuffer.wrap(rgba));
  }

  private static byte level(float value) {
    return (byte) Math.max(0, Math.min(255, (int) Math.rint(255f * value)));
  }

  /** A map as (H, W), or several channels as (C, H, W). */
  public static Blob values(String name, Raster raster) {
    return floats(
        name,
        raster.channels() == 1
            ? List.of(raster.height(), raster.width())
            : List.of(raster.channels(), raster.height(), raster.width()),
        raster.toArray());
  }

  /** Floats of a shape. */
  public static Blob floats(String name, List<Integer> shape, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new Blob(name, "f32", shape, bytes);
  }

  /** Integers of a shape. */
  public static Blob integers(String name, List<Integer> shape, int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return new Blob(name, "i32", shape, bytes);
  }
}
