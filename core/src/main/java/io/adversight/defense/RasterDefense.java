package io.adversight.defense;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** A defence that is computed outside the engine; gradients pass straight through it. */
public interface RasterDefense extends Defense {
  /** The image (C, H, W) in [0, 1] that is classified in place of {@code image}. */
  @Override
  Raster of(Raster image);

  @Override
  default boolean isDifferentiable() {
    return false;
  }

  @Override
  default Tensor of(Tensor images, Run run) {
    Tensor plain = images.detach();
    Tensor changed =
        Batches.of(Batches.rasters(plain).stream().map(this::of).toList()).to(images.device());
    return images.isRecorded() ? images.add(changed.like(plain).sub(plain)) : changed.like(plain);
  }
}
