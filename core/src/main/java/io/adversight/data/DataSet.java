package io.adversight.data;

import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;

/** Pictures with the numbers of their classes. */
public interface DataSet {
  /** The label of a picture whose class nobody knows. */
  int UNLABELLED = -1;

  /** What the set is called. */
  String name();

  /** The number of pictures. */
  int size();

  /** The class of picture {@code i}, or {@link #UNLABELLED}. */
  int label(int i);

  /** Picture {@code i}, pixels in [0, 1]. */
  Raster image(int i);

  /** The names of the classes by number; empty when they have none. */
  List<String> classNames();

  /** What picture {@code i} is called: a file name, or its number in the original set. */
  default String imageName(int i) {
    return String.format(Locale.ROOT, "%05d", i);
  }

  /** The names of what every picture has a mask of; empty where nobody knows. */
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
   * Where a region is in picture {@code i}: the share of each pixel that shows it, one channel in
   * [0, 1].
   *
   * @throws NoSuchElementException if the pictures have no such region
   */
  default Raster mask(int i, String region) {
    throw new UnknownNameException(
        "the pictures of %s have no masks, so none of \"%s\"".formatted(name(), region));
  }

  /**
   * The same pictures in 256 levels, drawn or read once and kept as bytes, without masks.
   *
   * @throws IllegalArgumentException if they have several sizes, or do not fit into one array
   */
  default DataSet inMemory() {
    return ByteImages.of(this);
  }

  /** The first {@code count} pictures, or all if there are fewer. */
  default DataSet take(int count) {
    if (count < 1) {
      throw new InputException("a set needs at least one picture, but got " + count);
    }
    return count >= size() ? this : select(IntStream.range(0, count).toArray());
  }

  /** The pictures with the given numbers, in this order. */
  default DataSet select(int... images) {
    return new Subset(this, images);
  }

  /** All pictures in an order that depends on the seed alone. */
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

  /** Two parts that have no picture in common: {@code first} pictures, and all others. */
  default Split split(int first, long seed) {
    if (first < 1 || first >= size()) {
      throw new InputException(
          "the first part of %s pictures has 1 to %s, but got %s"
              .formatted(size(), size() - 1, first));
    }
    DataSet shuffled = shuffled(seed);
    return new Split(
        shuffled.take(first), shuffled.select(IntStream.range(first, size()).toArray()));
  }
}
