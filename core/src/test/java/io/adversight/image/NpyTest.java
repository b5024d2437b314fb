package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir private Path folder;

  /** A file put together by hand after the format's description (NEP 1). */
  private static byte[] file(int version, String header, float... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + header.length() + 4 * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    buffer.put((byte) version).put((byte) 0);
    if (version == 1) {
      buffer.putShort((short) header.length());
    } else {
      buffer.putInt(header.length());
    }
    buffer.put(header.getBytes(StandardCharsets.ISO_8859_1));
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  private static String header(String shape) {
    return "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }\n";
  }

  private static Raster picture(byte[] bytes) {
    return ImageFiles.read(bytes, "a.npy", 1000);
  }

  @Test
  void keepsEveryBit() {
    Raster map =
        Raster.of(2, 1, 3, new float[] {-1e-30f, 0.1f, Float.MAX_VALUE, -0f, Float.NaN, 7});
    Path file = folder.resolve("map.npy");
    Npy.write(map, file);
    assertThat(Npy.read(file)).isEqualTo(map);
    assertThat(Npy.bytes(map)).hasSize(128 + 24);
  }

  @Test
  void writesMapsInTwoDimensions() {
    Raster map = Raster.map(2, 3, new float[] {1, -2, 3, -4, 5, -6});
    Path file = folder.resolve("map.npy");
    Npy.writeMap(map, file);
    assertThat(Npy.read(file)).isEqualTo(map);
    assertThat(new String(Npy.mapBytes(map), StandardCharsets.ISO_8859_1))
        .contains("'shape': (2, 3), }");
    assertThat(new String(Npy.bytes(map), StandardCharsets.ISO_8859_1))
        .contains("'shape': (1, 2, 3), }");
    assertThatThrownBy(() -> Npy.mapBytes(Raster.of(2, 1, 1, new float[2])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersionOfTheFormat(int version) {
    assertThat(picture(file(version, header("1, 2"), 0.25f, 1)))
        .isEqualTo(Raster.map(1, 2, new float[] {0.25f, 1}));
    assertThat(picture(file(version, header("3, 1, 1"), 0.25f, 1, 0)))
        .isEqualTo(Raster.of(3, 1, 1, new float[] {0.25f, 1, 0}));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), } | save array.astype('<f4')",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), } | ascontiguousarray",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } | (C, H, W) or (H, W)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 2), } | (C, H, W) or (H, W)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), } | 12 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), } | 4 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2), } | 2 x 0 pixels",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1, 1), } | transpose(2, 0, 1)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 10, 10), } | bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 1), } | shape",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (60000, 60000), } | at most 1,000",
        "{'descr': '<f4'} | lacks descr, fortran_order or shape",
      })
  void saysWhatItExpectsOfAHeader(String header, String message) {
    assertThatThrownBy(() -> picture(file(1, header + "\n", 0, 1)))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageStartingWith("a.npy: expected ")
        .hasMessageContaining(message);
  }

  @Test
  void allocatesNothingForAHugeHeader() {
    byte[] bytes = file(2, header("1, 2"), 0, 1);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -16);
    assertThatThrownBy(() -> picture(bytes))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("ends too early");
  }

  @ParameterizedTest
  @ValueSource(floats = {255, -0.01f, Float.NaN})
  void refusesPixelsOutsideTheUnitRange(float value) {
    assertThatThrownBy(() -> picture(file(1, header("1, 2"), 0, value)))
        .isInstanceOf(ImageFormatException.class)
        .hasMessage(
            "a.npy: expected pixels in [0, 1], but the value %s came; divide 8-bit values by 255"
                .formatted(value));
  }

  @Test
  void refusesAPictureOfAnotherFormat() throws IOException {
    Path file = folder.resolve("map.npy");
    Files.write(file, ImageFiles.png(Raster.map(1, 1, new float[1])));
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected a .npy file");
  }
}
