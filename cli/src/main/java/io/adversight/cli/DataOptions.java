package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.data.ImageFolder;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFormatException;
import io.adversight.study.image.DataSetImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A set of images. */
final class DataOptions {
  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGES",
      description =
          "a data set (mnist, cifar10, ...) or a part of it (cifar10:0-99), a folder of images or"
              + " of a folder per class, or image files")
  List<String> names = List.of();

  @Option(
      names = "--first",
      paramLabel = "N",
      converter = AtLeastOne.class,
      description = "only the first N images (default: all)")
  @Nullable Integer first;

  @Mixin ReadingOptions reading = new ReadingOptions();

  /** A set that another option names. */
  static DataOptions of(String name, @Nullable Integer first, ReadingOptions reading) {
    DataOptions options = new DataOptions();
    options.names = List.of(name);
    options.first = first;
    options.reading = reading;
    return options;
  }

  /** Whether a text names some images of a set by their numbers, such as {@code mnist:0-99}. */
  boolean isRange() {
    return names.size() == 1
        && DataSetImage.Range.isRange(names.get(0))
        && !Files.exists(Path.of(names.get(0)));
  }

  /** The set, as {@link #open(DataHome, UnaryOperator)} opens it. */
  DataSet open(DataHome home) {
    return open(home, UnaryOperator.identity());
  }

  /**
   * The set; images of a folder that cannot be read are noted and left out.
   *
   * @param choice takes some of the images, before they are read
   * @throws java.util.NoSuchElementException if there is no such set or file
   */
  DataSet open(DataHome home, UnaryOperator<DataSet> choice) {
    DataSet all = whole(home);
    DataSet some = choice.apply(first == null ? all : all.take(first));
    return isFiles() ? reading.readable(some, names.size() == 1 && isFolder()) : some;
  }

  private boolean isFiles() {
    return names.stream().allMatch(name -> Files.exists(Path.of(name)));
  }

  private boolean isFolder() {
    return Files.isDirectory(Path.of(names.get(0)));
  }

  private DataSet whole(DataHome home) {
    String only = names.size() == 1 ? names.get(0) : "";
    if (isRange()) {
      DataSetImage.Range range = DataSetImage.Range.parse(only);
      DataSet set = DataSets.find(range.id(), home);
      return set.select(range.of(set).stream().mapToInt(DataSetImage::index).toArray());
    }
    if (names.size() == 1 && !Files.isRegularFile(Path.of(only))) {
      return DataSets.find(only, home);
    }
    List<Path> files = names.stream().map(Path::of).toList();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new ImageFormatException(
            "%s: not an image file; give image files, or one folder or data set".formatted(file));
      }
    }
    return ImageFolder.files("images", files);
  }
}
