package io.adversight.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The sizes of a tensor, outermost first: a batch of images is {@code (N, C, H, W)}. */
public final class Shape {
  private final long[] sizes;

  private Shape(long[] sizes) {
    this.sizes = sizes;
  }

  /**
   * A shape of the given sizes.
   *
   * @throws IllegalArgumentException if a size is negative
   */
  public static Shape of(long... sizes) {
    for (long size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException("a size cannot be negative: " + Arrays.toString(sizes));
      }
    }
    return new Shape(sizes.clone());
  }

  /** The number of dimensions. */
  public int rank() {
    return sizes.length;
  }

  /** The size of a dimension; negative dimensions count from the last. */
  public long size(int dim) {
    return sizes[dim < 0 ? dim + sizes.length : dim];
  }

  /**
   * The number of elements.
   *
   * @throws IllegalArgumentException if there are more than a long can count
   */
  public long elements() {
    long product = 1;
    for (long size : sizes) {
      if (size == 0) {
        return 0;
      }
    }
    try {
      for (long size : sizes) {
        product = Math.multiplyExact(product, size);
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the shape %s is too large".formatted(this), e);
    }
    return product;
  }

  /** This shape with another size at {@code dim}. */
  public Shape with(int dim, long size) {
    long[] changed = sizes.clone();
    changed[dim < 0 ? dim + sizes.length : dim] = size;
    return of(changed);
  }

  /** A copy of the sizes. */
  public long[] toArray() {
    return sizes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(shape.sizes, sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.stream(sizes)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
