package io.adversight.data;

import io.adversight.home.Sha256;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;

/** Images with the numbers of their classes. */
public interface DataSet {
  /** The label of an image of unknown class. */
  int UNLABELLED = -1;

  /** What the set is called. */
  String name();

  /** The number of images. */
  int size();

  /** The class of image {@code i}, or {@link #UNLABELLED}. */
  int label(int i);

  /** Image {@code i}, pixels in [0, 1]. */
  Raster image(int i);

  /** The names of the classes by number; empty when they have none. */
  List<String> classNames();

  /** What image {@code i} is called: a file name, or its number in the original set. */
  default String imageName(int i) {
    return String.format(Locale.ROOT, "%05d", i);
  }

  /** The names of the masks that every image has; empty if there are none. */
  default List<String> regions() {
    return List.of();
  }

  /**
   * The regions that explanations are measured against: what the class depends on; empty where
   * nobody knows.
   */
  default List<String> objects() {
    return List.of();
  }

  /**
   * Where a region is in image {@code i}: the share of each pixel that shows it, one channel in [0,
   * 1].
   *
   * @throws NoSuchElementException if the images have no such region
   */
  default Raster mask(int i, String region) {
    throw new UnknownNameException(
        "the images of %s have no masks, so none of \"%s\"".formatted(name(), region));
  }

  /**
   * The same images in 256 levels, drawn or read once and kept as bytes, without masks.
   *
   * @throws IllegalArgumentException if they have several sizes, or do not fit into one array
   */
  default DataSet inMemory() {
    return ByteImages.of(this);
  }

  /** Whether the class of every image is known. */
  default boolean isLabelled() {
    return IntStream.range(0, size()).noneMatch(i -> label(i) == UNLABELLED);
  }

  /**
   * Reads image {@code i} as far as it takes to know that it can be read.
   *
   * @throws io.adversight.image.ImageFormatException if it cannot
   */
  default void check(int i) {}

  /** The SHA-256 of image {@code i}: of its file where it has one, else of its pixels. */
  default String sha256(int i) {
    Raster image = image(i);
    ByteBuffer bytes = ByteBuffer.allocate(4 * (3 + image.toArray().length));
    bytes.putInt(image.channels()).putInt(image.height()).putInt(image.width());
    for (float value : image.toArray()) {
      bytes.putFloat(value);
    }
    return Sha256.of(bytes.array());
  }

  /** The SHA-256 of names, classes and contents of all images in their order. */
  default String sha256() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < size(); i++) {
      all.append(sha256(i)).append(' ').append(label(i)).append(' ').append(imageName(i));
      all.append('\n');
    }
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The images that the set would have but for what is said of them. */
  default List<LeftOutImage> leftOut() {
    return List.of();
  }

  /**
   * This set without some images, which become {@linkplain #leftOut() images that are left out}.
   *
   * @param reasons by number of the image
   * @throws InputException if no image stays
   */
  default DataSet without(Map<Integer, String> reasons) {
    if (reasons.isEmpty()) {
      return this;
    }
    int[] kept = IntStream.range(0, size()).filter(i -> !reasons.containsKey(i)).toArray();
    List<LeftOutImage> gone =
        IntStream.range(0, size())
            .filter(reasons::containsKey)
            .mapToObj(i -> new LeftOutImage(imageName(i), reasons.getOrDefault(i, "")))
            .toList();
    if (kept.length == 0) {
      throw new InputException(
          "no image of %s is left: %s: %s"
              .formatted(name(), gone.get(0).name(), gone.get(0).reason()));
    }
    return new Subset(this, kept, gone);
  }

  /** The first {@code count} images, or all if there are fewer. */
  default DataSet take(int count) {
    if (count < 1) {
      throw new InputException("a set needs at least one image, but got " + count);
    }
    return count >= size() ? this : select(IntStream.range(0, count).toArray());
  }

  /** The images with the given numbers, in this order. */
  default DataSet select(int... images) {
    return new Subset(this, images);
  }

  /** All images in an order that depends on the seed alone. */
  default DataSet shuffled(long seed) {
    int[] order = IntStream.range(0, size()).toArray();
    Random random = new Random(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return select(order);
  }

  /** Two parts that have no image in common: {@code first} images, and all others. */
  default Split split(int first, long seed) {
    if (first < 1 || first >= size()) {
      throw new InputException(
          "the first part of %s images has 1 to %s, but got %s"
              .formatted(size(), size() - 1, first));
    }
    DataSet shuffled = shuffled(seed);
    return new Split(
        shuffled.take(first), shuffled.select(IntStream.range(first, size()).toArray()));
  }
}
