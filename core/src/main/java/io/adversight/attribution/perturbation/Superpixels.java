package io.adversight.attribution.perturbation;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The superpixels of a batch, and the images in which some of them are hidden.
 *
 * @param pixels (N, C, H, W)
 * @param hidden what is seen where a superpixel is hidden, (N, C, H, W)
 * @param segments one per image
 * @param labels (N, H W), the superpixel of each pixel
 */
record Superpixels(Tensor pixels, Tensor hidden, List<Segments> segments, Tensor labels) {
  Superpixels {
    segments = List.copyOf(segments);
  }

  /** SLIC superpixels of every image. */
  static Superpixels slic(Tensor pixels, int count, double compactness, MaskValue absent) {
    Slic slic = new Slic(count, compactness);
    return of(pixels, Batches.rasters(pixels).stream().map(slic::of).toList(), absent);
  }

  /** Given segments, one per image. */
  static Superpixels of(Tensor pixels, List<Segments> segments, MaskValue absent) {
    Tensor hidden =
        switch (absent) {
          case MEAN_COLOR -> {
            List<Raster> flat = new ArrayList<>();
            List<Raster> images = Batches.rasters(pixels);
            for (int i = 0; i < images.size(); i++) {
              flat.add(segments.get(i).flattened(images.get(i)));
            }
            yield Batches.of(flat).like(pixels);
          }
          case BLACK -> pixels.fullLike(0);
          case GREY -> pixels.fullLike(0.5);
        };
    return of(pixels, segments, hidden);
  }

  /** Given segments, one per image, and the images behind them. */
  static Superpixels of(Tensor pixels, List<Segments> segments, Tensor hidden) {
    if (segments.size() != pixels.size(0)) {
      throw new IllegalArgumentException(
          "%s images need as many divisions into segments, but there are %s"
              .formatted(pixels.size(0), segments.size()));
    }
    List<Tensor> labels = new ArrayList<>();
    for (Segments some : segments) {
      long[] indices = some.indices();
      labels.add(Tensor.of(indices, indices.length));
    }
    return new Superpixels(pixels, hidden, segments, Tensor.stack(labels, 0).to(pixels.device()));
  }

  /** The largest number of superpixels of an image. */
  int most() {
    return segments.stream().mapToInt(Segments::count).max().orElse(0);
  }

  /** The images in which only the superpixels with 1 are seen; {@code shown} is (N, most). */
  Tensor show(float[] shown) {
    Tensor mask = paint(shown);
    return mask.gt(0.5).choose(pixels, hidden);
  }

  /** Values per superpixel, (N, most), on their pixels: (N, 1, H, W). */
  Tensor paint(float[] values) {
    Tensor table = Tensor.of(values, pixels.size(0), most()).like(pixels);
    return table.gather(1, labels).reshape(pixels.size(0), 1, pixels.size(2), pixels.size(3));
  }
}
