package io.adversight.report.study;

import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.image.Raster;
import io.adversight.model.Prototypes.Prototype;
import java.util.Optional;
import java.util.function.Function;

/**
 * "This looks like that" (Chen et al. 2019, figure 3), for one prototype that a network found.
 *
 * @param here the image with a frame around the place that is most like the prototype
 * @param map how much each place of the image is like it, over the image
 * @param training the training image with a frame around the patch that the prototype is, if that
 *     image is at hand
 * @param patch that patch alone
 */
public record PrototypeImages(
    Raster here, Raster map, Optional<Raster> training, Optional<Raster> patch) {

  /**
   * The images of what was found.
   *
   * @param image that it was found in
   * @param origins the training image of a prototype, where it is at hand
   */
  public static PrototypeImages of(
      Raster image, PrototypeMatch match, Function<Prototype, Optional<Raster>> origins) {
    int rows = match.map().height();
    int columns = match.map().width();
    Optional<Prototype> source = match.source();
    Optional<Raster> whole = source.flatMap(origins);
    return new PrototypeImages(
        PrototypeSheet.framed(image, match.row(), match.column(), rows, columns),
        PrototypeSheet.similarity(image, match.map()),
        whole.map(
            found ->
                PrototypeSheet.framed(
                    found, source.get().row(), source.get().column(), rows, columns)),
        whole.map(
            found ->
                PrototypeSheet.patch(
                    found, source.get().row(), source.get().column(), rows, columns)));
  }
}
