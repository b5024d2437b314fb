package io.adversight.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlotTest {
  private static Raster drawn(Plot plot) {
    return ImageFiles.read(plot.png(), "plot", 10_000_000);
  }

  /** Pixels whose colour is nearer to the given one than a tenth in every channel. */
  private static int pixelsOf(Raster image, double red, double green, double blue) {
    int count = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        count +=
            Math.abs(image.at(0, y, x) - red) < 0.1
                    && Math.abs(image.at(1, y, x) - green) < 0.1
                    && Math.abs(image.at(2, y, x) - blue) < 0.1
                ? 1
                : 0;
      }
    }
    return count;
  }

  @Test
  void drawsEachLineInAColourOfItsOwn() {
    Line rising = new Line("rising", List.of(0.0, 1.0), List.of(0.0, 1.0));
    Line falling = new Line("falling", List.of(0.0, 1.0), List.of(1.0, 0.0));
    Raster one = drawn(LinePlot.of("one", "x", "y", List.of(rising)));
    Raster two = drawn(LinePlot.of("two", "x", "y", List.of(rising, falling)).withDiagonal());
    assertThat(pixelsOf(one, 0, 0.447, 0.698)).isGreaterThan(300);
    assertThat(pixelsOf(one, 0.835, 0.369, 0)).isZero();
    assertThat(pixelsOf(two, 0.835, 0.369, 0)).isGreaterThan(300);
  }

  @Test
  void drawsABoxForEverySample() {
    Raster one = drawn(new BoxPlot("one", "y", Map.of("a", List.of(0.1, 0.5, 0.7))));
    Raster two =
        drawn(
            new BoxPlot(
                "two", "y", Map.of("a", List.of(0.1, 0.5, 0.7), "b", List.of(0.2, 0.5, 0.6))));
    assertThat(one).isNotEqualTo(two);
  }

  @Test
  void drawsVectorsThatNeedNoFont() {
    Line rising = new Line("rising", List.of(0.0, 1.0), List.of(0.0, 1.0));
    for (Plot plot :
        List.of(
            LinePlot.of("line", "x", "y", List.of(rising)),
            new BoxPlot("box", "y", Map.of("a", List.of(0.1, 0.5, 0.7))),
            new MatrixPlot(
                "matrix", "down", List.of("a"), "across", List.of("b"), List.of(List.of(0.5))))) {
      String svg = new String(plot.svg(), StandardCharsets.UTF_8);
      assertThat(svg).as(plot.title()).contains("<svg", "<path").doesNotContain("<image", "<text");
    }
  }

  @Test
  void namesEverySampleBeneathItsBox() {
    List<Double> values = List.of(0.1, 0.5, 0.7);
    Raster one = drawn(new BoxPlot("box", "y", Map.of("abc", values)));
    Raster other = drawn(new BoxPlot("box", "y", Map.of("xyz", values)));
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void valuesAtAxesKeepTheirLeadingZero() {
    assertThat(Style.tick(0.25)).isEqualTo("0.25");
    assertThat(Style.tick(-0.05)).isEqualTo("-0.05");
    assertThat(Style.tick(0.1 + 0.2)).isEqualTo("0.3");
    assertThat(Style.tick(0)).isEqualTo("0");
    assertThat(Style.tick(200)).isEqualTo("200");
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThatThrownBy(() -> new Line("l", List.of(1.0), List.of()))
        .hasMessageContaining("as many values as places");
    assertThatThrownBy(() -> new Line("l", List.of(1.0), List.of(Double.NaN)))
        .hasMessageContaining("not finite");
    assertThatThrownBy(() -> LinePlot.of("p", "x", "y", List.of()))
        .hasMessageContaining("at least one line");
    assertThatThrownBy(() -> new BoxPlot("p", "y", Map.of("a", List.of())))
        .hasMessageContaining("at least one value");
  }
}
