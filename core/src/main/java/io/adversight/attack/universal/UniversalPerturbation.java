package io.adversight.attack.universal;

import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;

/**
 * A perturbation that is added to every image.
 *
 * @param delta signed, in units of pixels in [0, 1]
 */
public record UniversalPerturbation(Raster delta) implements Universal {
  @Override
  public Tensor apply(Tensor pixels, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor change = Batches.of(List.of(delta)).like(pixels);
      if (change.size(1) != pixels.size(1)
          || change.size(2) != pixels.size(2)
          || change.size(3) != pixels.size(3)) {
        throw new InputException(
            "the perturbation %s does not fit images of shape %s; resize one of them"
                .formatted(delta, pixels.shape()));
      }
      return scope.keep(Bounds.PIXELS.clip(pixels.add(change)));
    }
  }

  /** This perturbation for images of another size, stretched; its largest value may shrink. */
  public UniversalPerturbation resized(int height, int width) {
    return delta.height() == height && delta.width() == width
        ? this
        : new UniversalPerturbation(RasterResize.stretch(delta, height, width));
  }

  /** Its size. */
  public double size(Norm norm) {
    try (Scope scope = Scope.open()) {
      return norm.of(Batches.of(List.of(delta))).item();
    }
  }

  /** The perturbation made visible: 0 as grey, the largest value at the end of the range. */
  public Raster image() {
    float most = Math.max(Math.max(delta.max(), -delta.min()), 1e-12f);
    return Raster.generate(
        delta.channels(),
        delta.height(),
        delta.width(),
        (c, y, x) -> 0.5 + delta.at(c, y, x) / (2 * most));
  }

  /** Writes the values to {@code NAME.npy} and the visible image to {@code NAME.png}. */
  public void save(Path folder, String name) {
    Npy.write(delta, folder.resolve(name + ".npy"));
    ImageFiles.writePng(image(), folder.resolve(name + ".png"));
  }

  /** Reads the values from a {@code .npy} file. */
  public static UniversalPerturbation load(Path npy) {
    return new UniversalPerturbation(Npy.read(npy));
  }
}
