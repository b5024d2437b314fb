package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files written by Pillow 12, beside the pixels that it reads from them, upright. */
class RecordedImagesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alpha.tif",
        "deflate.tif",
        "fax.tif",
        "lzw.tif",
        "palette.tif",
        "predictor.tif",
        "quarter-turn.png",
        "quarter-turn.tif",
        "quarter-turn.webp",
        "sixteen-bits.tif",
        "white-is-zero.tif",
      })
  void readsWhatPillowReads(String name) throws IOException {
    Raster read = read(name);
    Raster recorded = read(name + ".npy");
    assertThat(read.channels()).isEqualTo(recorded.channels());
    assertThat(read.height()).isEqualTo(recorded.height());
    assertThat(read.width()).isEqualTo(recorded.width());
    assertThat(read.toArray()).containsExactly(recorded.toArray(), within(2e-7f));
  }

  private static Raster read(String name) throws IOException {
    try (InputStream stream = RecordedImagesTest.class.getResourceAsStream(name)) {
      return ImageFiles.read(stream.readAllBytes(), name, ImageFiles.DEFAULT_MAX_PIXELS);
    }
  }
}
