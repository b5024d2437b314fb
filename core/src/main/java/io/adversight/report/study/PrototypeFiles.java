package io.adversight.report.study;

import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Images of the prototypes that a network found, best first: {@code N-here.png} and {@code
 * N-map.png}, and where the training image is at hand {@code N-training.png} and {@code
 * N-patch.png}.
 */
final class PrototypeFiles {
  private final PrototypeOrigins origins;

  PrototypeFiles(PrototypeOrigins origins) {
    this.origins = origins;
  }

  void write(Path place, Raster image, List<PrototypeMatch> matches) throws IOException {
    if (!matches.isEmpty()) {
      Files.createDirectories(place);
    }
    for (int i = 0; i < matches.size(); i++) {
      PrototypeImages shown = PrototypeImages.of(image, matches.get(i), origins::image);
      String start = "%s-".formatted(i + 1);
      ImageFiles.writePng(shown.here(), place.resolve(start + "here.png"));
      ImageFiles.writePng(shown.map(), place.resolve(start + "map.png"));
      shown
          .training()
          .ifPresent(t -> ImageFiles.writePng(t, place.resolve(start + "training.png")));
      shown.patch().ifPresent(p -> ImageFiles.writePng(p, place.resolve(start + "patch.png")));
    }
  }
}
