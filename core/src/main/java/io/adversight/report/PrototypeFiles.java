package io.adversight.report;

import io.adversight.attribution.PrototypeMatch;
import io.adversight.data.DataSet;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.model.Prototypes.Prototype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pictures of the prototypes that a network found, best first: {@code N-here.png} with a frame
 * around the place, {@code N-map.png} how much each place is like the prototype, and where the
 * training picture is at hand {@code N-training.png} and {@code N-patch.png}, the patch of it that
 * the prototype is.
 */
final class PrototypeFiles {
  private final Function<String, DataSet> find;
  private final Map<String, Optional<DataSet>> sets = new HashMap<>();

  /** Files of prototypes whose data sets are found by name. */
  PrototypeFiles(Function<String, DataSet> find) {
    this.find = find;
  }

  void write(Path place, Raster picture, List<PrototypeMatch> matches) throws IOException {
    if (!matches.isEmpty()) {
      Files.createDirectories(place);
    }
    for (int i = 0; i < matches.size(); i++) {
      PrototypeMatch match = matches.get(i);
      int rows = match.map().height();
      int columns = match.map().width();
      String number = Integer.toString(i + 1);
      Raster here = PrototypeSheet.framed(picture, match.row(), match.column(), rows, columns);
      ImageFiles.writePng(here, place.resolve(number + "-here.png"));
      Raster map = PrototypeSheet.similarity(picture, match.map());
      ImageFiles.writePng(map, place.resolve(number + "-map.png"));
      Optional<Raster> training = match.source().flatMap(this::training);
      if (training.isPresent()) {
        Prototype from = match.source().orElseThrow();
        Raster whole = training.get();
        ImageFiles.writePng(
            PrototypeSheet.framed(whole, from.row(), from.column(), rows, columns),
            place.resolve(number + "-training.png"));
        ImageFiles.writePng(
            PrototypeSheet.patch(whole, from.row(), from.column(), rows, columns),
            place.resolve(number + "-patch.png"));
      }
    }
  }

  private Optional<Raster> training(Prototype prototype) {
    return sets.computeIfAbsent(prototype.dataSet(), this::found)
        .filter(set -> prototype.image() < set.size())
        .map(set -> set.image(prototype.image()));
  }

  private Optional<DataSet> found(String name) {
    try {
      return Optional.of(find.apply(name));
    } catch (NoSuchElementException e) {
      return Optional.empty();
    }
  }
}
