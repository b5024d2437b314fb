package io.adversight.visualization.transformation;

import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/** A transformation that moves pixels; several in a row are joined into one interpolation. */
public interface Geometric extends Transformation {
  /** A random movement of an image of the given size. */
  AffineTransform draw(SplittableRandom random, int height, int width);

  @Override
  default Tensor apply(Tensor images, List<SplittableRandom> randoms) {
    return Transformations.move(List.of(this), images, randoms);
  }
}
