package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GifAnimationTest {
  private static final Source SOURCE = new Source("animation", 1_000);
  private static final Raster RED = Raster.generate(3, 4, 6, (c, y, x) -> c == 0 ? 1 : 0);
  private static final Raster RAMP = Raster.generate(1, 4, 6, (c, y, x) -> (y * 6 + x) * 10 / 255f);

  @TempDir private Path folder;

  @Test
  void keepsFramesDelayAndEndlessLoop() throws IOException {
    byte[] bytes = GifAnimation.bytes(List.of(RED, RAMP, RED), 120);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(bytes)));
    assertThat(reader.getNumImages(true)).isEqualTo(3);
    assertThat(ImageDecoder.raster(reader.read(0), false, SOURCE)).isEqualTo(RED);
    assertThat(ImageDecoder.raster(reader.read(1), false, SOURCE)).isEqualTo(RAMP.toRgb());
    var tree = reader.getImageMetadata(1).getAsTree("javax_imageio_gif_image_1.0");
    var control = ((IIOMetadataNode) tree).getElementsByTagName("GraphicControlExtension").item(0);
    assertThat(control.getAttributes().getNamedItem("delayTime").getNodeValue()).isEqualTo("12");
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).containsOnlyOnce("NETSCAPE2.0");
    reader.dispose();
  }

  @Test
  void showsItsFirstFrameWhenReadAsAImage() {
    Path file = folder.resolve("run.gif");
    GifAnimation.write(List.of(RAMP, RED), 50, file);
    assertThat(ImageFiles.read(file)).isEqualTo(RAMP.toRgb());
  }

  @Test
  void refusesNoFramesMixedSizesAndShortDelays() {
    assertThatThrownBy(() -> GifAnimation.bytes(List.of(), 100))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GifAnimation.bytes(List.of(RED, Raster.map(1, 1, new float[1])), 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the size of the first one");
    assertThatThrownBy(() -> GifAnimation.bytes(List.of(RED), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 to 655,350 ms");
  }
}
