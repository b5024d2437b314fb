package io.adversight.cluster.source;

import io.adversight.input.UnknownNameException;
import io.adversight.text.DidYouMean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a set of images is stored. */
public enum ImageFormatKind {
  /** A data set with a name, such as {@code cifar10:0-1999}. */
  NAMED_SET,
  /** Image files in a folder, those of each class in a sub-folder of its name. */
  FILES,
  /** Tar archives of samples. */
  TAR,
  /** Parquet files of image bytes. */
  PARQUET,
  /** CIFAR-10's binary files. */
  CIFAR10,
  /** CIFAR-100's binary files. */
  CIFAR100,
  /** MNIST's IDX files. */
  MNIST,
  /** Fashion-MNIST's IDX files. */
  FASHION_MNIST;

  /** The name that people write. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The format of that name.
   *
   * @throws UnknownNameException if there is none
   */
  public static ImageFormatKind named(String id) {
    List<String> ids = Arrays.stream(values()).map(ImageFormatKind::id).toList();
    return Arrays.stream(values())
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "there is no image format \"%s\"%s; the formats are %s"
                        .formatted(id, DidYouMean.hint(ids, id), String.join(", ", ids))));
  }

  /** The format that the names of some files show. */
  static ImageFormatKind of(List<String> names) {
    if (names.stream().anyMatch(ImageFormatKind::isTar)) {
      return TAR;
    }
    if (names.stream().anyMatch(ImageFormatKind::isParquet)) {
      return PARQUET;
    }
    if (names.stream().anyMatch(ImageFormatKind::isIdx)) {
      return MNIST;
    }
    if (names.stream().anyMatch(name -> name.matches("(.*/)?(data_batch_\\d|test_batch)\\.bin"))) {
      return CIFAR10;
    }
    return names.stream().anyMatch(name -> name.matches("(.*/)?(train|test)\\.bin"))
        ? CIFAR100
        : FILES;
  }

  static boolean isTar(String name) {
    return name.endsWith(".tar") || name.endsWith(".tar.gz") || name.endsWith(".tgz");
  }

  static boolean isParquet(String name) {
    return name.endsWith(".parquet");
  }

  static boolean isIdx(String name) {
    return name.contains("-images-idx3-ubyte") || name.contains("-images.idx3-ubyte");
  }
}
