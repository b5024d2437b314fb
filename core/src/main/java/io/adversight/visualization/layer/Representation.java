package io.adversight.visualization.layer;

import io.adversight.graph.BackwardRules;
import io.adversight.image.Raster;
import io.adversight.model.Activations;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Set;

/**
 * What a layer says of an image.
 *
 * @param layer its name
 * @param values (C, H, W); (C, 1, 1) for a layer without positions
 */
public record Representation(String layer, Raster values) {
  /** The code of an image. */
  public static Representation of(Classifier classifier, String layer, Raster image) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor pixels = Batches.of(List.of(image)).to(classifier.device());
      Tensor value =
          classifier.forward(pixels, BackwardRules.STANDARD, Set.of(layer), false).maps(layer);
      Tensor maps = value.rank() == 4 ? value : value.reshape(1, -1, 1, 1);
      return new Representation(layer, Batches.rasters(maps).get(0));
    }
  }

  private Tensor like(Tensor value) {
    Tensor code = Batches.of(List.of(values)).like(value);
    return value.rank() == 4 ? code : code.reshape(1, -1);
  }

  /** How near an image's code is: minus |code - this|^2 / |this|^2 (Mahendran and Vedaldi 2015). */
  public Objective nearness() {
    return new Nearness(this);
  }

  /**
   * How much an image's code exaggerates this one: their scalar product times a power of their
   * cosine, at least a tenth (lucid's caricatures).
   *
   * @param power of the cosine
   */
  public Objective likeness(double power) {
    return new Likeness(this, power);
  }

  /**
   * For each position the product with that position of this code which it resembles most: what a
   * guided dream climbs (Mordvintsev et al. 2015).
   */
  public Objective guide() {
    return new Guide(this);
  }

  private record Nearness(Representation code) implements Objective {
    private static final double SMALLEST = 1e-12;

    @Override
    public Objective select(int... images) {
      return this;
    }

    @Override
    public Set<String> layers() {
      return Set.of(code.layer);
    }

    @Override
    public Tensor values(Activations activations) {
      Tensor value = activations.maps(code.layer);
      Tensor target = code.like(value);
      double size = target.square().sum().item() + SMALLEST;
      return Activations.perImage(value.sub(target).square()).div(size).neg();
    }
  }

  private record Likeness(Representation code, double power) implements Objective {
    private static final double SMALLEST = 1e-6;
    private static final double LEAST = 0.1;

    @Override
    public Objective select(int... images) {
      return this;
    }

    @Override
    public Set<String> layers() {
      return Set.of(code.layer);
    }

    @Override
    public Tensor values(Activations activations) {
      Tensor value = activations.maps(code.layer);
      Tensor target = code.like(value);
      Tensor product = Activations.perImage(value.mul(target));
      Tensor length = Activations.perImage(value.square()).add(SMALLEST).sqrt();
      double own = Math.sqrt(target.square().sum().item()) + SMALLEST;
      Tensor cosine = product.div(length).div(own).maximum(product.fullLike(LEAST));
      return product.div(own).mul(cosine.pow(power));
    }
  }

  private record Guide(Representation code) implements Objective {
    @Override
    public Objective select(int... images) {
      return this;
    }

    @Override
    public Set<String> layers() {
      return Set.of(code.layer);
    }

    @Override
    public Tensor values(Activations activations) {
      Tensor value = activations.maps(code.layer);
      long images = value.size(0);
      long channels = value.size(1);
      Tensor here = value.reshape(images, channels, -1);
      Tensor guide = code.like(value).reshape(channels, -1);
      Tensor products = here.transpose(1, 2).matmul(guide); // (N, positions, guide's positions)
      return products.max(2).reshape(images, -1).mean(1).reshape(images);
    }
  }
}
