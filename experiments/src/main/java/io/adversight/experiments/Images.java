package io.adversight.experiments;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.data.ImageFolder;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.study.image.DataSetImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The images of an experiment. */
final class Images {
  private final DataHome home;
  private final Map<String, String> sources;

  /**
   * Images of data sets, and of folders here, in mirrors and in the data home.
   *
   * @param sources where to get those that may be missing
   */
  Images(DataHome home, Map<String, String> sources) {
    this.home = home;
    this.sources = Map.copyOf(sources);
  }

  /** Some images of a set, evenly spread over it; all for a count of 0. */
  DataSet find(String name, int count) {
    DataSet all = whole(name);
    if (count <= 0 || count >= all.size()) {
      return all;
    }
    return all.select(
        IntStream.range(0, count).map(i -> (int) ((long) i * all.size() / count)).toArray());
  }

  private DataSet whole(String name) {
    if (DataSetImage.Range.isRange(name)) {
      DataSetImage.Range range = DataSetImage.Range.parse(name);
      DataSet set = DataSets.find(range.id(), home);
      return set.select(range.of(set).stream().mapToInt(DataSetImage::index).toArray());
    }
    if (DataSets.ids().contains(name)) {
      return DataSets.find(name, home);
    }
    return folder(name)
        .map(ImageFolder::read)
        .orElseThrow(
            () ->
                new InputException(
                    "the images %s are not here: %s; or name a folder of yours with --images"
                        .formatted(
                            name,
                            sources.getOrDefault(name, "there is no such data set or folder"))));
  }

  private Optional<Path> folder(String name) {
    return Stream.concat(
            Stream.of(Path.of(name)),
            Stream.concat(
                home.mirrors().stream().map(mirror -> mirror.folder().resolve(name)),
                Stream.of(home.folder().resolve(name))))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
