package io.adversight.visualization.parameterization;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Pixels within [0, 1] that start from an image. */
public record InitialImage(Raster image) implements Parameterization {
  @Override
  public Tensor start(ImageBatch batch, Run run) {
    Tensor one = Batches.of(List.of(image)).to(batch.classifier().device());
    return one.repeat(batch.count(), 1, 1, 1);
  }

  @Override
  public UnaryOperator<Tensor> images(ImageBatch batch) {
    return pixels -> pixels;
  }

  @Override
  public double low() {
    return 0;
  }

  @Override
  public double high() {
    return 1;
  }

  @Override
  public boolean isPixels() {
    return true;
  }
}
