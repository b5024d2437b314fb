package io.adversight.graph.operator;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that bring activations to a common scale. */
public sealed interface Normalization extends Operator {
  /**
   * By running statistics: inputs are x, scale, shift, mean and variance.
   *
   * @param epsilon added to the variance
   */
  record BatchNormalization(double epsilon) implements Normalization {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return Kernels.batchNorm(
          inputs.get(0), inputs.get(1), inputs.get(2), inputs.get(3), inputs.get(4), epsilon);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return perChannel(inputs, 5);
    }
  }

  /**
   * By the mean and variance of each channel of each image: inputs are x, scale and shift.
   *
   * @param epsilon added to the variance
   */
  record InstanceNormalization(double epsilon) implements Normalization {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      long[] channels = new long[x.rank() - 1];
      java.util.Arrays.fill(channels, 1);
      channels[0] = -1;
      return standardized(x, IntStream.range(2, x.rank()).toArray(), epsilon)
          .mul(inputs.get(1).reshape(channels))
          .add(inputs.get(2).reshape(channels));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      if (inputs.get(0).rank() < 3) {
        throw new IllegalArgumentException(
            "the input must have positions, but is " + inputs.get(0));
      }
      return perChannel(inputs, 3);
    }
  }

  /**
   * By the mean and variance over all dimensions from {@code axis} on: inputs are x, scale and an
   * optional shift.
   *
   * @param axis counted from the last if negative
   * @param epsilon added to the variance
   */
  record LayerNormalization(int axis, double epsilon) implements Normalization {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      int[] dims = IntStream.range(Axes.of(axis, x.rank()), x.rank()).toArray();
      Tensor scaled = standardized(x, dims, epsilon).mul(inputs.get(1));
      return inputs.size() > 2 ? scaled.add(inputs.get(2)) : scaled;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Axes.of(axis, inputs.get(0).rank());
      if (!Axes.broadcast(inputs).equals(inputs.get(0))) {
        throw new IllegalArgumentException(
            "scale %s does not fit %s".formatted(inputs.get(1), inputs.get(0)));
      }
      return inputs.get(0);
    }
  }

  /**
   * Local response normalisation over neighbouring channels: x / (bias + alpha / size sum
   * x^2)^beta.
   *
   * @param size channels in the neighbourhood
   * @param alpha scale
   * @param beta exponent
   * @param bias offset
   */
  record LRN(long size, double alpha, double beta, double bias) implements Normalization {
    public LRN {
      if (size < 1 || size > 1 << 16) {
        throw new IllegalArgumentException("size must be at least 1, but is " + size);
      }
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      return x.div(base(x.square()).pow(beta));
    }

    /** bias + alpha / size times the sum over the neighbouring channels of given squares. */
    public Tensor base(Tensor squares) {
      long before = (size - 1) / 2;
      long channels = squares.size(1);
      Tensor square = squares.unsqueeze(1);
      Tensor padded =
          Kernels.pad(square, List.of(0L, 0L, 0L, 0L, before, size - 1 - before), "constant", 0);
      Tensor sum = padded.narrow(2, 0, channels);
      for (long i = 1; i < size; i++) {
        sum = sum.add(padded.narrow(2, i, channels));
      }
      return sum.squeeze(1).mul(alpha / size).add(bias);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Axes.requireRank(inputs.get(0), 4, "the input");
      return inputs.get(0);
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      return (double) output.elements() * size;
    }
  }

  private static Tensor standardized(Tensor x, int[] dims, double epsilon) {
    Tensor centred = x.sub(x.mean(dims));
    return centred.div(centred.square().mean(dims).add(epsilon).sqrt());
  }

  private static Shape perChannel(List<Shape> inputs, int count) {
    Shape x = inputs.get(0);
    if (x.rank() < 2 || inputs.size() != count) {
      throw new IllegalArgumentException(
          "%s inputs are needed, the first with channels, but they are %s"
              .formatted(count, inputs));
    }
    for (Shape statistic : inputs.subList(1, count)) {
      if (!statistic.equals(Shape.of(x.size(1)))) {
        throw new IllegalArgumentException(
            "scale, shift and statistics must have the shape (%s), but one has %s"
                .formatted(x.size(1), statistic));
      }
    }
    return x;
  }
}
