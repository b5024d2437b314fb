package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.mutation.Mutations;
import io.adversight.mutation.ReaderCheck;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedImagesTest {
  private static final long MOST_PIXELS = 1_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"png", "exif", "jpeg", "webp", "tiff", "lzw", "gif", "bmp", "npy"})
  void areReadOrRefusedInALine(String format) throws IOException {
    Mutations damaged = Mutations.ofBytes(whole(format));
    Mutations mutations = format.equals("png") ? seed -> sealed(damaged.input(seed)) : damaged;
    ReaderCheck.Outcome outcome =
        new ReaderCheck(mutations, List.of(ImageFormatException.class))
            .run(bytes -> ImageFiles.read(bytes, "damaged", MOST_PIXELS));
    assertThat(outcome.refused()).isPositive();
    if (!format.equals("png")) { // zlib has a checksum of its own
      assertThat(outcome.read()).isPositive();
    }
  }

  /** With right checksums, so that damage reaches the decoder. */
  private static byte[] sealed(byte[] png) {
    try {
      PngChunks.seal(png);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return png; // no chunks any more
    }
    return png;
  }

  private static byte[] whole(String format) throws IOException {
    return switch (format) {
      case "exif" -> recorded("quarter-turn.png");
      case "webp" -> recorded("quarter-turn.webp");
      case "lzw" -> recorded("predictor.tif");
      case "npy" -> recorded("predictor.tif.npy");
      default -> {
        Random random = new Random(1);
        BufferedImage image =
            ImageFiles.buffered(Raster.generate(3, 20, 30, (c, y, x) -> random.nextFloat()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        yield bytes.toByteArray();
      }
    };
  }

  private static byte[] recorded(String name) throws IOException {
    try (InputStream stream = DamagedImagesTest.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }
}
