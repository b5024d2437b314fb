package io.adversight.tensor;

import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The operations of neural networks on tensors: convolution, pooling, normalisation, resizing. */
public final class Kernels {
  private Kernels() {}

  /**
   * The steps of a sliding window over rows and columns.
   *
   * @param stride rows and columns between windows
   * @param padding rows and columns added on both sides
   * @param dilation rows and columns between the window's elements
   */
  public record Window(List<Long> stride, List<Long> padding, List<Long> dilation) {
    public Window {
      stride = List.copyOf(stride);
      padding = List.copyOf(padding);
      dilation = List.copyOf(dilation);
    }

    /** Equal steps for rows and columns. */
    public static Window of(long stride, long padding, long dilation) {
      return new Window(
          List.of(stride, stride), List.of(padding, padding), List.of(dilation, dilation));
    }
  }

  /** The cross-correlation of (N, C, H, W) with weights (M, C / groups, kh, kw). */
  public static Tensor conv(
      Tensor x, Tensor weight, @Nullable Tensor bias, Window window, long groups) {
    return Tensor.run(
        () ->
            torch.conv2d(
                x.handle(),
                weight.handle(),
                optional(bias),
                longs(window.stride()),
                longs(window.padding()),
                longs(window.dilation()),
                groups));
  }

  /** A sum of products by Einstein's convention, such as {@code bij,bjk->bik}. */
  public static Tensor einsum(String equation, List<Tensor> tensors) {
    org.bytedeco.pytorch.Tensor[] handles =
        tensors.stream().map(Tensor::handle).toArray(org.bytedeco.pytorch.Tensor[]::new);
    return Tensor.run(() -> torch.einsum(equation, new TensorVector(handles)));
  }

  /** The transposed convolution with weights (C, M / groups, kh, kw). */
  public static Tensor convTranspose(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Window window,
      List<Long> outputPadding,
      long groups) {
    return Tensor.run(
        () ->
            torch.conv_transpose2d(
                x.handle(),
                weight.handle(),
                optional(bias),
                longs(window.stride()),
                longs(window.padding()),
                longs(outputPadding),
                groups,
                longs(window.dilation())));
  }

  /** {@code x} times the transposed weights (M, C), plus the bias. */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return Tensor.run(() -> torch.linear(x.handle(), weight.handle(), optional(bias)));
  }

  /** The largest element of each window; the gradient goes to the first of ties. */
  public static Tensor maxPool(Tensor x, List<Long> kernel, Window window, boolean ceil) {
    return Tensor.run(
        () ->
            torch.max_pool2d(
                x.handle(),
                longs(kernel),
                longs(window.stride()),
                longs(window.padding()),
                longs(window.dilation()),
                ceil));
  }

  /** The mean of each window; padding counts as zeros if {@code includePadding}. */
  public static Tensor averagePool(
      Tensor x, List<Long> kernel, Window window, boolean ceil, boolean includePadding) {
    return Tensor.run(
        () ->
            torch.avg_pool2d(
                x.handle(),
                longs(kernel),
                longs(window.stride()),
                longs(window.padding()),
                ceil,
                includePadding,
                new LongOptional()));
  }

  /** Normalisation by running statistics: (x - mean) / sqrt(variance + epsilon) * scale + shift. */
  public static Tensor batchNorm(
      Tensor x, Tensor scale, Tensor shift, Tensor mean, Tensor variance, double epsilon) {
    return Tensor.run(
        () ->
            torch.batch_norm(
                x.handle(),
                optional(scale),
                optional(shift),
                optional(mean),
                optional(variance),
                false,
                0,
                epsilon,
                true));
  }

  /**
   * Normalisation by the batch's own statistics, which are averaged into {@code mean} and {@code
   * variance} with the given momentum (the only operation that changes its arguments).
   */
  public static Tensor batchNormTraining(
      Tensor x,
      Tensor scale,
      Tensor shift,
      Tensor mean,
      Tensor variance,
      double momentum,
      double epsilon) {
    return Tensor.run(
        () ->
            torch.batch_norm(
                x.handle(),
                optional(scale),
                optional(shift),
                optional(mean),
                optional(variance),
                true,
                momentum,
                epsilon,
                true));
  }

  /**
   * Elements below {@code low} or above {@code high} cut, with no gradient there nor at the ends.
   */
  public static Tensor hardTanh(Tensor x, double low, double high) {
    return Tensor.run(() -> torch.hardtanh(x.handle(), new Scalar(low), new Scalar(high)));
  }

  /** x where positive, alpha x elsewhere. */
  public static Tensor leakyRelu(Tensor x, double alpha) {
    return Tensor.run(() -> torch.leaky_relu(x.handle(), new Scalar(alpha)));
  }

  /** scale times x where positive, scale alpha (exp(x) - 1) elsewhere. */
  public static Tensor elu(Tensor x, double alpha, double scale) {
    return Tensor.run(
        () -> torch.elu(x.handle(), new Scalar(alpha), new Scalar(scale), new Scalar(1)));
  }

  /** log(1 + exp(x)). */
  public static Tensor softplus(Tensor x) {
    return Tensor.run(() -> torch.softplus(x.handle()));
  }

  /** Gaussian error linear unit: exact (with erf), or by tanh. */
  public static Tensor gelu(Tensor x, boolean tanh) {
    return Tensor.run(() -> torch.gelu(x.handle(), tanh ? "tanh" : "none"));
  }

  /**
   * Rows and columns added around (..., H, W).
   *
   * @param pads left, right, top, bottom
   * @param mode {@code constant}, {@code reflect} or {@code replicate}
   */
  public static Tensor pad(Tensor x, List<Long> pads, String mode, double value) {
    DoubleOptional fill =
        mode.equals("constant") ? new DoubleOptional(value) : new DoubleOptional();
    return Tensor.run(() -> torch.pad(x.handle(), longs(pads), mode, fill));
  }

  /** (N, C, H, W) enlarged or reduced by bilinear interpolation, without antialiasing. */
  public static Tensor bilinear(Tensor x, long height, long width, boolean alignCorners) {
    return Tensor.run(
        () -> torch.upsample_bilinear2d(x.handle(), new long[] {height, width}, alignCorners));
  }

  /** (N, C, H, W) enlarged or reduced by taking the nearest element: floor(i * in / out). */
  public static Tensor nearest(Tensor x, long height, long width) {
    return Tensor.run(() -> torch.upsample_nearest2d(x.handle(), height, width));
  }

  /**
   * (N, C, H, W) sampled at positions (N, H', W', 2), given as (x, y) in [-1, 1] over the whole
   * image; bilinear, zeros outside.
   */
  public static Tensor sample(Tensor x, Tensor positions) {
    return Tensor.run(() -> sampled(x.handle(), positions.handle()));
  }

  /** As {@link #sample(Tensor, Tensor)}, with another number outside. */
  public static Tensor sample(Tensor x, Tensor positions, double outside) {
    Scalar level = new Scalar(outside);
    return Tensor.run(() -> sampled(x.handle().sub(level), positions.handle()).add_(level));
  }

  /**
   * (N, C, H, W) sampled at positions (N, H', W', 2), given as (x, y).
   *
   * @param kernel 0 linear, 1 nearest, 2 cubic
   * @param outside 0 zeros, 1 the border's elements, 2 reflections
   * @param alignCorners whether -1 and 1 are the middles of the outermost elements
   */
  public static Tensor sample(
      Tensor x, Tensor positions, int kernel, int outside, boolean alignCorners) {
    return Tensor.run(
        () -> torch.grid_sampler(x.handle(), positions.handle(), kernel, outside, alignCorners));
  }

  /** On a CPU libtorch shares out whole images to threads: a lone one is sampled in strips. */
  private static org.bytedeco.pytorch.Tensor sampled(
      org.bytedeco.pytorch.Tensor x, org.bytedeco.pytorch.Tensor positions) {
    long height = positions.size(1);
    boolean isLone = positions.size(0) == 1 && height % 2 == 0 && !x.is_cuda();
    if (!isLone || Engine.threads() == 1) {
      return torch.grid_sampler(x, positions, 0, 0, false);
    }
    long channels = x.size(1);
    long width = positions.size(2);
    return torch
        .grid_sampler(
            x.expand(2, channels, x.size(2), x.size(3)),
            positions.reshape(2, height / 2, width, 2),
            0,
            0,
            false)
        .transpose(0, 1)
        .reshape(1, channels, height, width);
  }

  private static TensorOptional optional(@Nullable Tensor tensor) {
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor.handle());
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
