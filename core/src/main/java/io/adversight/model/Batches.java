package io.adversight.model;

import io.adversight.image.Raster;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Images as batches of tensors, and back. */
public final class Batches {
  private Batches() {}

  /**
   * Images of one size as (N, C, H, W).
   *
   * @throws IllegalArgumentException if there is none, or their sizes differ
   */
  public static Tensor of(List<Raster> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one image");
    }
    Raster first = images.get(0);
    int perImage = first.channels() * first.height() * first.width();
    float[] values = new float[Math.multiplyExact(perImage, images.size())];
    for (int i = 0; i < images.size(); i++) {
      Raster image = images.get(i);
      if (image.channels() != first.channels()
          || image.height() != first.height()
          || image.width() != first.width()) {
        throw new IllegalArgumentException(
            "the images of a batch must have one size, but there are %s and %s"
                .formatted(first, image));
      }
      System.arraycopy(image.toArray(), 0, values, i * perImage, perImage);
    }
    return Tensor.of(values, images.size(), first.channels(), first.height(), first.width());
  }

  /** The images of a batch (N, C, H, W). */
  public static List<Raster> rasters(Tensor batch) {
    int images = (int) batch.size(0);
    int channels = (int) batch.size(1);
    int height = (int) batch.size(2);
    int width = (int) batch.size(3);
    int perImage = channels * height * width;
    float[] values = batch.toFloats();
    List<Raster> rasters = new ArrayList<>(images);
    for (int i = 0; i < images; i++) {
      rasters.add(
          Raster.of(
              channels,
              height,
              width,
              Arrays.copyOfRange(values, i * perImage, (i + 1) * perImage)));
    }
    return rasters;
  }
}
