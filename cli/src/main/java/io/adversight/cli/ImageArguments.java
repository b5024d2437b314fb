package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.study.image.DataSetImage;
import io.adversight.study.image.ImageInputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Images by one word each: a file, or an image of a data set such as {@code cifar10:5}. */
final class ImageArguments {
  private final DataHome home;
  private final Map<String, DataSet> sets = new HashMap<>();

  ImageArguments(DataHome home) {
    this.home = home;
  }

  /** Files, folders and ranges of data sets as one word per image, in this order. */
  List<String> list(List<String> given) {
    List<String> words = new ArrayList<>();
    for (String word : given) {
      if (isOfDataSet(word)) {
        DataSetImage.Range range = DataSetImage.Range.parse(word);
        range.of(set(range.id())).forEach(one -> words.add(range.id() + ":" + one.index()));
      } else {
        ImageInputs.list(List.of(Path.of(word)))
            .forEach(source -> words.add(source.file().toAbsolutePath().toString()));
      }
    }
    return words.stream().distinct().toList();
  }

  /** The image, in its own size. */
  Raster read(String word) {
    if (!isOfDataSet(word)) {
      return ImageFiles.read(Path.of(word));
    }
    DataSetImage.Range range = DataSetImage.Range.parse(word);
    List<DataSetImage> images = range.of(set(range.id()));
    if (images.size() != 1) {
      throw new InputException(
          "one image is needed, such as %s:%s, but \"%s\" are %s"
              .formatted(range.id(), range.first(), word, images.size()));
    }
    return images.get(0).set().image(images.get(0).index());
  }

  static boolean isOfDataSet(String word) {
    return DataSetImage.Range.isRange(word) && !Files.exists(Path.of(word));
  }

  private DataSet set(String id) {
    return sets.computeIfAbsent(id, name -> DataSets.find(name, home));
  }
}
