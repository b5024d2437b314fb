package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReducedImagesTest {
  private static final long MOST = 1_000_000;

  /** Formats, and layouts of {@link BufferedImage} that their writers know. */
  @ParameterizedTest
  @CsvSource({
    "png, 5",
    "png, 6",
    "png, 10",
    "png, 11",
    "png, 13",
    "png, 12",
    "jpeg, 5",
    "jpeg, 10",
    "bmp, 5",
    "gif, 13",
    "tiff, 5",
    "tiff, 10",
    "tiff, 13"
  })
  void everyPixelIsTheMeanOfItsBlock(String format, int layout) throws IOException {
    byte[] file = noise(format, layout, 13, 10);
    Raster whole = ImageFiles.read(file, "noise", MOST);
    Raster reduced = ImageFiles.readReduced(file, "noise", MOST, 20);
    assertThat(reduced.height()).isEqualTo(5);
    assertThat(reduced.width()).isEqualTo(4);
    assertThat(reduced.channels()).isEqualTo(whole.channels());
    for (int c = 0; c < whole.channels(); c++) {
      for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 4; x++) {
          assertThat((double) reduced.at(c, y, x))
              .isCloseTo(meanOfBlock(whole, c, 3 * y, 3 * x, 3), within(1e-6));
        }
      }
    }
  }

  private static double meanOfBlock(Raster whole, int c, int top, int left, int side) {
    double sum = 0;
    int pixels = 0;
    for (int y = top; y < Math.min(top + side, whole.height()); y++) {
      for (int x = left; x < Math.min(left + side, whole.width()); x++) {
        sum += whole.at(c, y, x);
        pixels++;
      }
    }
    return sum / pixels;
  }

  @Test
  void anImageThatFitsIsReadExactly() throws IOException {
    byte[] file = noise("png", BufferedImage.TYPE_3BYTE_BGR, 13, 10);
    assertThat(ImageFiles.readReduced(file, "noise", MOST, 130))
        .isEqualTo(ImageFiles.read(file, "noise", MOST));
  }

  @Test
  void anImageOfTooManyPixelsIsRefusedAsBefore() throws IOException {
    byte[] file = noise("png", BufferedImage.TYPE_3BYTE_BGR, 13, 10);
    assertThatThrownBy(() -> ImageFiles.readReduced(file, "noise", 129, 20))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("at most 129 pixels");
  }

  @Test
  void aLongThinImageIsReducedToWhatIsKept() throws IOException {
    Raster reduced =
        ImageFiles.readReduced(noise("png", BufferedImage.TYPE_BYTE_GRAY, 1, 1000), "x", MOST, 100);
    assertThat(reduced.height()).isEqualTo(1);
    assertThat(reduced.width()).isEqualTo(100);
  }

  private static byte[] noise(String format, int layout, int height, int width) throws IOException {
    BufferedImage image = new BufferedImage(width, height, layout);
    SplittableRandom random = new SplittableRandom(layout);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, new Color(random.nextInt(), true).getRGB());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }
}
