package io.adversight;

import io.adversight.image.ColorScale;
import io.adversight.image.Overlay;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.metric.similarity.Spearman;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Which places of an image a prediction depends on.
 *
 * <pre>{@code
 * Heatmap map = model.explain(new GradCam(), photo);
 * map.save(Path.of("map.png"));
 * }</pre>
 *
 * @param image the explained image, at the network's input size
 * @param explained the class that the map explains
 * @param details the signed attribution, and the map at its layer's own size
 */
public record Heatmap(
    Image image, Prediction.Score explained, io.adversight.attribution.Heatmap details) {
  private static final double OPACITY = 0.5;

  /** The map, (1, height, width) at the image's size, in the unit of its method. */
  public Raster values() {
    return details.map();
  }

  /**
   * The map in colours over the image, RGB: from black to yellow, or from blue over white to red
   * where the map is signed.
   */
  public Image overlay() {
    Raster map = details.map();
    return new Image(Overlay.blend(image.raster(), ColorScale.of(map).apply(map), OPACITY));
  }

  /**
   * How alike this map and another are, in [-1, 1]: the rank correlation of Spearman, 1 for the
   * same order of importance; 0 if one of the maps is constant.
   */
  public double similarity(Heatmap other) {
    return new Spearman().similarity(values(), other.values());
  }

  /**
   * Writes the {@linkplain #overlay overlay} as a {@code .png} file.
   *
   * @throws InputException if the file has another ending
   * @throws UncheckedIOException if it cannot be written
   */
  public void save(Path file) {
    overlay().save(file);
  }
}
