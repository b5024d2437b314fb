package io.adversight.training.data;

import io.adversight.data.Cub;
import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.data.ImageFolder;
import io.adversight.data.Split;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.study.image.DataSetImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The images of a recipe, to train on and to test with: a known data set in its own parts, in
 * memory, where {@code mnist:0-29999} trains on those images alone; or a folder of images, there,
 * in a mirror or in the data home. A folder in the layout of CUB has its own parts, too. Of any
 * other every third image of a class is for testing, in an order that depends on the seed.
 */
public final class TrainingData {
  private static final int PARTS = 3;

  private TrainingData() {}

  /**
   * Both parts.
   *
   * @throws NoSuchElementException if there is no such set or folder
   */
  public static Split of(String dataSet, DataHome home, long seed) {
    Split parts = parts(dataSet, home, seed);
    return DataSets.ids().contains(name(dataSet))
        ? new Split(parts.first().inMemory(), parts.second().inMemory())
        : parts;
  }

  /**
   * Both parts, each image read when it is asked for.
   *
   * @throws NoSuchElementException if there is no such set or folder
   */
  public static Split parts(String dataSet, DataHome home, long seed) {
    if (DataSetImage.Range.isRange(dataSet) && isKnown(name(dataSet))) {
      Split whole = parts(name(dataSet), home, seed);
      List<DataSetImage> images = DataSetImage.Range.parse(dataSet).of(whole.first());
      int[] numbers = images.stream().mapToInt(DataSetImage::index).toArray();
      return new Split(whole.first().select(numbers), whole.second());
    }
    if (isKnown(dataSet)) {
      return new Split(DataSets.find(dataSet + "-train", home), DataSets.find(dataSet, home));
    }
    Path folder =
        Stream.concat(
                Stream.of(Path.of(dataSet)),
                Stream.concat(
                    home.mirrors().stream().map(mirror -> mirror.folder().resolve(dataSet)),
                    Stream.of(home.folder().resolve(dataSet))))
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow(() -> unknown(dataSet, home));
    return Files.exists(folder.resolve("train_test_split.txt"))
        ? Cub.split(folder)
        : byClass(ImageFolder.read(folder), seed);
  }

  /** The data set or folder, without the numbers of the images of a part. */
  public static String name(String dataSet) {
    return DataSetImage.Range.isRange(dataSet) ? DataSetImage.Range.parse(dataSet).id() : dataSet;
  }

  private static boolean isKnown(String id) {
    return DataSets.ids().contains(id + "-train");
  }

  /** Every third image of each class for testing, the others for training. */
  static Split byClass(DataSet set, long seed) {
    DataSet shuffled = set.shuffled(seed);
    int[] seen = new int[set.classNames().size()];
    List<Integer> train = new ArrayList<>();
    List<Integer> test = new ArrayList<>();
    for (int i = 0; i < shuffled.size(); i++) {
      int label = shuffled.label(i);
      if (label == DataSet.UNLABELLED) {
        throw new InputException(
            "%s: to train on, every image needs a class; expected a folder of images for each"
                .formatted(set.name()));
      }
      (seen[label]++ % PARTS == 0 ? test : train).add(i);
    }
    return new Split(part(shuffled, train), part(shuffled, test));
  }

  private static DataSet part(DataSet set, List<Integer> numbers) {
    return set.select(IntStream.range(0, numbers.size()).map(numbers::get).toArray());
  }

  private static UnknownNameException unknown(String dataSet, DataHome home) {
    List<String> sets = DataSets.ids().stream().filter(TrainingData::isKnown).toList();
    return new UnknownNameException(
        "there is no data set \"%s\" to train on; give one of %s, or a folder, here or in a mirror or %s"
            .formatted(dataSet, String.join(", ", sets), home.folder()));
  }
}
