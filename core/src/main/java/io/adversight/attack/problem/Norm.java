package io.adversight.attack.problem;

import io.adversight.tensor.Tensor;

/** A way to measure the size of a perturbation, per image over all its pixels and channels. */
public enum Norm {
  /** The largest absolute change. */
  LINF {
    @Override
    public Tensor of(Tensor perturbation) {
      return perturbation.linfPerImage();
    }

    @Override
    public Tensor steepest(Tensor gradient) {
      Tensor noise = gradient.linfPerImage().mul(ROUNDING);
      return gradient.abs().gt(noise).choose(gradient.sign(), gradient.fullLike(0));
    }

    @Override
    Tensor project(Tensor perturbation, double radius) {
      return perturbation.clamp(-radius, radius);
    }

    @Override
    Tensor point(Tensor uniform, Tensor normal, Tensor share, double radius) {
      return uniform.mul(2).sub(1).mul(radius);
    }
  },
  /** The Euclidean length. */
  L2 {
    @Override
    public Tensor of(Tensor perturbation) {
      return perturbation.l2PerImage();
    }

    @Override
    public Tensor steepest(Tensor gradient) {
      return safeDivide(gradient, gradient.l2PerImage());
    }

    @Override
    Tensor project(Tensor perturbation, double radius) {
      Tensor length = perturbation.l2PerImage();
      return perturbation.mul(shrink(length, radius));
    }

    @Override
    Tensor point(Tensor uniform, Tensor normal, Tensor share, double radius) {
      return safeDivide(normal, normal.l2PerImage()).mul(length(normal, share, radius));
    }
  },
  /** The sum of absolute changes. */
  L1 {
    @Override
    public Tensor of(Tensor perturbation) {
      return perturbation.l1PerImage();
    }

    @Override
    public Tensor steepest(Tensor gradient) {
      return safeDivide(gradient, gradient.l1PerImage());
    }

    /** The nearest point of the L1 ball (Duchi et al. 2008, figure 1), by sorting. */
    @Override
    Tensor project(Tensor perturbation, double radius) {
      Tensor flat = perturbation.reshape(perturbation.size(0), -1);
      Tensor sorted = flat.abs().sort(1, true).values();
      Tensor ranks = sorted.fullLike(1).cumulativeSum(1);
      Tensor thresholds = sorted.cumulativeSum(1).sub(radius).div(ranks);
      Tensor count = sorted.gt(thresholds).asFloat().like(flat).sum(1).clamp(1, Integer.MAX_VALUE);
      Tensor theta = thresholds.gather(1, count.sub(1).asLong()).clamp(0, Float.MAX_VALUE);
      Tensor shrunk = flat.abs().sub(theta).relu().mul(flat.sign());
      return shrunk.reshape(perturbation.shape().toArray());
    }

    @Override
    Tensor point(Tensor uniform, Tensor normal, Tensor share, double radius) {
      // Exponentials with random signs, scaled to length 1, are even on the sphere of L1.
      Tensor exponential = uniform.neg().add(1).clamp(1e-30, 1).log().neg();
      Tensor signed = exponential.mul(normal.sign());
      return safeDivide(signed, signed.l1PerImage()).mul(length(normal, share, radius));
    }
  },
  /** The number of changed values; not a norm in the strict sense. */
  L0 {
    @Override
    public Tensor of(Tensor perturbation) {
      return perturbation.eq(0).not().asFloat().like(perturbation).sumPerImage();
    }

    /** The sign of the largest element of the gradient, 0 elsewhere. */
    @Override
    public Tensor steepest(Tensor gradient) {
      return largest(gradient, gradient.abs(), 1).sign();
    }

    @Override
    Tensor project(Tensor perturbation, double radius) {
      return largest(perturbation, perturbation.abs(), (long) radius);
    }

    @Override
    Tensor point(Tensor uniform, Tensor normal, Tensor share, double radius) {
      return largest(normal, uniform, (long) radius).clamp(-1, 1);
    }

    /** The {@code count} values of each image whose {@code weights} are largest, 0 elsewhere. */
    private Tensor largest(Tensor values, Tensor weights, long count) {
      Tensor flat = weights.reshape(weights.size(0), -1);
      Tensor places = flat.sort(1, true).indices().asFloat().sort(1, false).indices();
      Tensor kept = places.lt((double) count).reshape(values.shape().toArray());
      return kept.choose(values, values.fullLike(0));
    }
  };

  /** The norm of each image's perturbation, shape (N, 1, ...). */
  public abstract Tensor of(Tensor perturbation);

  /**
   * The norm of gradients that says how much a loss changes over a distance of 1 in this norm: 1/p
   * + 1/q = 1. For L0, which is no norm, that of L1.
   */
  public Norm dual() {
    return switch (this) {
      case LINF -> L1;
      case L2 -> L2;
      case L1, L0 -> LINF;
    };
  }

  /**
   * Gradients smaller than this, relative to the image's largest, are rounding errors: they count
   * as 0, else their signs would depend on the batch and the machine.
   */
  private static final double ROUNDING = 1e-6;

  /** Room for the rounding errors of a float sum over the pixels, relative to the radius. */
  private static final double INSIDE = 1e-6;

  /**
   * The direction of length 1 in which each image's loss rises: sign(g) for LINF, g / |g|_2 for L2
   * and g / |g|_1 for L1; 0 where the gradient is 0.
   */
  public abstract Tensor steepest(Tensor gradient);

  /** The nearest perturbation with a norm of at most {@code radius}. */
  abstract Tensor project(Tensor perturbation, double radius);

  /**
   * A random point of the ball, uniformly distributed in it (in L0: over the places), and never
   * outside.
   *
   * @param uniform independent numbers in [0, 1), in the shape of the images
   * @param normal independent standard normal numbers, in the shape of the images
   * @param share one independent number in [0, 1) per image, (N, 1, ...), that settles the radius
   */
  abstract Tensor point(Tensor uniform, Tensor normal, Tensor share, double radius);

  private static Tensor safeDivide(Tensor value, Tensor length) {
    return value.div(length.eq(0).choose(length.fullLike(1), length));
  }

  private static Tensor shrink(Tensor length, double radius) {
    Tensor factor = length.clamp(1e-30, Float.MAX_VALUE).reciprocal().mul(radius);
    return length.gt(radius).choose(factor, length.fullLike(1));
  }

  /** Radii of even points of a ball: radius u^(1/n) in n dimensions, a hair less for rounding. */
  private static Tensor length(Tensor like, Tensor share, double radius) {
    double dimensions = (double) like.elements() / like.size(0);
    return share.pow(1 / dimensions).mul(radius * (1 - INSIDE));
  }
}
