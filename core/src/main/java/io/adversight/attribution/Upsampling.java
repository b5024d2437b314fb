package io.adversight.attribution;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;

/** How a layer's map becomes as large as the image. */
public enum Upsampling {
  /** Bilinear interpolation with half-pixel centres. */
  BILINEAR {
    @Override
    public Tensor to(Tensor maps, long height, long width) {
      return Kernels.bilinear(maps, height, width, false);
    }
  },
  /** The nearest place: floor(i * in / out). */
  NEAREST {
    @Override
    public Tensor to(Tensor maps, long height, long width) {
      return Kernels.nearest(maps, height, width);
    }
  };

  /** Maps (N, K, h, w) in another size. */
  public abstract Tensor to(Tensor maps, long height, long width);
}
