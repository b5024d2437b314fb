package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.mutation.ReaderCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir private Path folder;

  /** A file put together by hand after the format's description (NEP 1). */
  private static byte[] file(int version, String header, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return file(version, header, bytes.array());
  }

  private static byte[] file(int version, String header, byte[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + header.length() + values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    buffer.put((byte) version).put((byte) 0);
    if (version == 1) {
      buffer.putShort((short) header.length());
    } else {
      buffer.putInt(header.length());
    }
    buffer.put(header.getBytes(StandardCharsets.ISO_8859_1)).put(values);
    return buffer.array();
  }

  private static String header(String shape) {
    return "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }\n";
  }

  private static Raster image(byte[] bytes) {
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
    assertThat(image(file(version, header("1, 2"), 0.25f, 1)))
        .isEqualTo(Raster.map(1, 2, new float[] {0.25f, 1}));
    assertThat(image(file(version, header("3, 1, 1"), 0.25f, 1, 0)))
        .isEqualTo(Raster.of(3, 1, 1, new float[] {0.25f, 1, 0}));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'descr': '>f4', 'fortran_order': False, 'shape': (1, 2), } | save array.astype('<f4')",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), } | ascontiguousarray",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } | (C, H, W) or (H, W, C)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1, 1, 1), } | it is (2, 1, 1, 1)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), } | 12 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), } | 4 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2), } | 2 x 0 pixels",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1, 2), } | it is (2, 1, 2)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 9999999999, 10), } | at most 1,000",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 1), } | shape",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (60000, 60000), } | at most 1,000",
        "{'descr': '<f4'} | lacks descr, fortran_order or shape",
      })
  void saysWhatItExpectsOfAHeader(String header, String message) {
    assertThatThrownBy(() -> image(file(1, header + "\n", 0, 1)))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageStartingWith("a.npy: expected ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1, 3, 1, 2 | 3 | 1 | 2 | 0 1 2 3 4 5",
        "1, 2, 3 | 1 | 2 | 3 | 0 1 2 3 4 5",
        "2, 1, 3 | 3 | 2 | 1 | 0 3 1 4 2 5",
        "1, 2, 1, 3 | 3 | 2 | 1 | 0 3 1 4 2 5",
        "6, 1, 1 | 1 | 6 | 1 | 0 1 2 3 4 5",
      })
  void takesChannelsFirstOrLastOfBytesAndDoubles(
      String shape, int channels, int height, int width, String order) {
    float[] expected = new float[6];
    String[] numbers = order.split(" ", -1);
    for (int i = 0; i < 6; i++) {
      expected[i] = Integer.parseInt(numbers[i]) / 255f;
    }
    Raster wanted = Raster.of(channels, height, width, expected);
    ByteBuffer bytes = ByteBuffer.allocate(6);
    ByteBuffer doubles = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      bytes.put((byte) i);
      doubles.putDouble(i / 255.0);
    }
    assertThat(image(file(1, typed("|u1", shape), bytes.array()))).isEqualTo(wanted);
    assertThat(image(file(1, typed("<f8", shape), doubles.array()))).isEqualTo(wanted);
  }

  private static String typed(String type, String shape) {
    return header(shape).replace("<f4", type);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "[", "'shape': (", "'descr': [", ",", "'"})
  void refusesAStrangeHeaderAtOnce(String repeated) {
    for (int length : new int[] {1 << 20, 9900}) {
      String filler = repeated.repeat(length / repeated.length());
      byte[] bytes = file(2, "{'descr': '<f4', 'shape': (1, 2" + filler + "x)", 0, 1);
      ReaderCheck check =
          new ReaderCheck(
              seed -> bytes,
              3,
              List.of(ImageFormatException.class),
              Duration.ofMillis(500),
              16L << 20);
      assertThat(check.run(NpyTest::image).refused()).isEqualTo(3);
    }
  }

  @Test
  void allocatesNothingForAHugeHeader() {
    byte[] bytes = file(2, header("1, 2"), 0, 1);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -16);
    assertThatThrownBy(() -> image(bytes))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("ends too early");
  }

  @ParameterizedTest
  @ValueSource(floats = {255, -0.01f, Float.NaN})
  void refusesPixelsOutsideTheUnitRange(float value) {
    assertThatThrownBy(() -> image(file(1, header("1, 2"), 0, value)))
        .isInstanceOf(ImageFormatException.class)
        .hasMessage(
            "a.npy: expected pixels in [0, 1], but the value %s came; divide 8-bit values by 255,"
                    .formatted(value)
                + " or save them as uint8");
  }

  @Test
  void refusesAImageOfAnotherFormat() throws IOException {
    Path file = folder.resolve("map.npy");
    Files.write(file, ImageFiles.png(Raster.map(1, 1, new float[1])));
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected a .npy file");
  }
}
