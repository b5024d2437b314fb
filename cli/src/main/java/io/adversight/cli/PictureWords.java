package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.study.picture.DataSetPicture;
import io.adversight.study.picture.PictureFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pictures by one word each: a file, or a picture of a data set such as {@code cifar10:5}. */
final class PictureWords {
  private final DataHome home;
  private final Map<String, DataSet> sets = new HashMap<>();

  PictureWords(DataHome home) {
    this.home = home;
  }

  /** Files, folders and ranges of data sets as one word per picture, in this order. */
  List<String> list(List<String> given) {
    List<String> words = new ArrayList<>();
    for (String word : given) {
      if (isOfDataSet(word)) {
        DataSetPicture.Range range = DataSetPicture.Range.parse(word);
        range.of(set(range.id())).forEach(one -> words.add(range.id() + ":" + one.index()));
      } else {
        PictureFiles.list(List.of(Path.of(word)))
            .forEach(source -> words.add(source.file().toAbsolutePath().toString()));
      }
    }
    return words.stream().distinct().toList();
  }

  /** The picture, in its own size. */
  Raster read(String word) {
    if (!isOfDataSet(word)) {
      return ImageFiles.read(Path.of(word));
    }
    DataSetPicture.Range range = DataSetPicture.Range.parse(word);
    List<DataSetPicture> pictures = range.of(set(range.id()));
    if (pictures.size() != 1) {
      throw new InputException(
          "one picture is needed, such as %s:%s, but \"%s\" are %s"
              .formatted(range.id(), range.first(), word, pictures.size()));
    }
    return pictures.get(0).set().image(pictures.get(0).index());
  }

  static boolean isOfDataSet(String word) {
    return DataSetPicture.Range.isRange(word) && !Files.exists(Path.of(word));
  }

  private DataSet set(String id) {
    return sets.computeIfAbsent(id, name -> DataSets.find(name, home));
  }
}
