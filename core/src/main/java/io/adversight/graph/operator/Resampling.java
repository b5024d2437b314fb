package io.adversight.graph.operator;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that change the number of rows and columns. */
public sealed interface Resampling extends Operator {
  /** Most weights of a filter along one dimension. */
  long LARGEST_MATRIX = 1L << 27;

  /**
   * Rows and columns taken or interpolated at new positions. Also stands for ONNX's Upsample.
   * Positions are worked out in float32, as ONNX Runtime does: between two pixels the last bit
   * decides which is the nearest.
   *
   * @param scales of rows and columns; or empty
   * @param sizes new rows and columns, where there are no scales
   * @param mode how values come about
   * @param coordinates which position of the input belongs to a row or column of the result
   * @param rounding which neighbour is the nearest, in mode NEAREST
   * @param filter how many elements are averaged, in the other modes
   */
  record Resize(
      List<Double> scales,
      List<Long> sizes,
      Mode mode,
      Coordinates coordinates,
      Rounding rounding,
      Filter filter)
      implements Resampling {
    /** With the usual filter. */
    public Resize(
        List<Double> scales,
        List<Long> sizes,
        Mode mode,
        Coordinates coordinates,
        Rounding rounding) {
      this(scales, sizes, mode, coordinates, rounding, Filter.USUAL);
    }

    public Resize {
      scales = List.copyOf(scales);
      sizes = List.copyOf(sizes);
      if (scales.isEmpty() ? sizes.size() != 2 : scales.size() != 2) {
        throw new IllegalArgumentException(
            "rows and columns need a scale or size, but there are %s and %s"
                .formatted(scales, sizes));
      }
      if (scales.stream().anyMatch(scale -> !(scale > 0 && scale < 1e6))) {
        throw new IllegalArgumentException("scales must be above 0, but are " + scales);
      }
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      for (int i = 0; i < 2; i++) {
        long size = x.size(2 + i);
        long out = out(i, size);
        float scale = scale(i, out, size);
        if (out != size || scale != 1) {
          x = along(x, 2 + i, out, scale);
        }
      }
      return x;
    }

    /** The largest of the elements that are read for each new position. */
    public Tensor neighbours(Tensor x) {
      Tensor found = x;
      for (int i = 0; i < 2; i++) {
        long size = found.size(2 + i);
        long out = out(i, size);
        found = neighbours(found, 2 + i, out, scale(i, out, size));
      }
      return found;
    }

    private Tensor neighbours(Tensor x, int dim, long out, float scale) {
      double[][] weights = weights(x.size(dim), Math.toIntExact(out), scale);
      long[] low = new long[weights.length];
      long[] high = new long[weights.length];
      long widest = 0;
      for (int i = 0; i < weights.length; i++) {
        double[] row = weights[i];
        low[i] = IntStream.range(0, row.length).filter(k -> row[k] != 0).min().orElse(0);
        high[i] = IntStream.range(0, row.length).filter(k -> row[k] != 0).max().orElse(0);
        widest = Math.max(widest, high[i] - low[i]);
      }
      Tensor largest = x.select(dim, Tensor.of(low, low.length));
      for (long step = 1; step <= widest; step++) {
        long[] next = new long[low.length];
        for (int i = 0; i < next.length; i++) {
          next[i] = Math.min(high[i], low[i] + step);
        }
        largest = largest.maximum(x.select(dim, Tensor.of(next, next.length)));
      }
      return largest;
    }

    /** The weights of the rows (0) or columns (1) of an input for each new one, (new, size). */
    public Tensor weights(int dim, long size) {
      int out = Math.toIntExact(out(dim, size));
      float scale = scale(dim, out, size);
      if (out == size && scale == 1) {
        return identity(out);
      }
      double[] flat =
          Arrays.stream(weights(size, out, scale)).flatMapToDouble(Arrays::stream).toArray();
      return Tensor.of(flat, out, size).asFloat();
    }

    private static Tensor identity(int size) {
      float[] values = new float[size * size];
      for (int i = 0; i < size; i++) {
        values[i * size + i] = 1;
      }
      return Tensor.of(values, size, size);
    }

    /** A row of weights of the input's elements for each new position. */
    private double[][] weights(long size, int out, float scale) {
      int last = Math.toIntExact(size - 1);
      double[][] weights = new double[out][last + 1];
      for (int i = 0; i < out; i++) {
        float position = coordinates.of(i, scale, (float) out, (float) size);
        if (mode == Mode.NEAREST) {
          weights[i][(int) Math.max(0, Math.min(last, (long) rounding.of(position)))] = 1;
        } else {
          filter.add(weights[i], position, mode == Mode.CUBIC, scale);
        }
      }
      return weights;
    }

    /** By a matrix of weights, for filters that read more than two elements. */
    private Tensor filtered(Tensor x, int dim, int out, float scale) {
      double[][] weights = weights(x.size(dim), out, scale);
      double[] flat = Arrays.stream(weights).flatMapToDouble(Arrays::stream).toArray();
      Tensor matrix = Tensor.of(flat, out, x.size(dim)).like(x);
      return dim == 2 ? matrix.matmul(x) : x.matmul(matrix.transpose(0, 1));
    }

    private Tensor along(Tensor x, int dim, long out, float scale) {
      int count = Math.toIntExact(out);
      if (mode == Mode.CUBIC || (filter.antialias() && mode == Mode.LINEAR && scale < 1)) {
        return filtered(x, dim, count, scale);
      }
      long last = x.size(dim) - 1;
      long[] low = new long[count];
      long[] high = new long[count];
      double[] weight = new double[count];
      for (int i = 0; i < count; i++) {
        float position = coordinates.of(i, scale, (float) out, (float) (last + 1));
        if (mode == Mode.NEAREST) {
          low[i] = Math.max(0, Math.min(last, (long) rounding.of(position)));
        } else {
          double inside = Math.max(0, Math.min((double) last, position));
          low[i] = (long) Math.floor(inside);
          high[i] = Math.min(last, low[i] + 1);
          weight[i] = inside - low[i];
        }
      }
      Tensor lower = x.select(dim, Tensor.of(low, count).to(x.device()));
      if (mode == Mode.NEAREST) {
        return lower;
      }
      Tensor upper = x.select(dim, Tensor.of(high, count).to(x.device()));
      long[] shape = {1, 1, 1, 1};
      shape[dim] = count;
      Tensor share = Tensor.of(weight, count).reshape(shape).like(x);
      return lower.add(upper.sub(lower).mul(share));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      Axes.requireRank(x, 4, "the input");
      long height = out(0, x.size(2));
      long width = out(1, x.size(3));
      long area = Math.max(height * x.size(2), width * x.size(3));
      boolean large = Math.max(height, width) > 1 << 20 || area > LARGEST_MATRIX;
      if (height < 1 || width < 1 || large || x.elements() == 0) {
        throw new IllegalArgumentException(
            "%s cannot be resized to %s x %s".formatted(x, height, width));
      }
      return x.with(2, height).with(3, width);
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      boolean matrix = mode == Mode.CUBIC || filter.antialias();
      return output.elements() * (matrix ? (double) inputs.get(0).size(2) : 1);
    }

    private float scale(int i, long out, long size) {
      return scales.isEmpty() ? (float) out / (float) size : scales.get(i).floatValue();
    }

    private long out(int i, long size) {
      return scales.isEmpty() ? sizes.get(i) : (long) ((float) size * scales.get(i).floatValue());
    }
  }

  /**
   * The first input, (N, C, H, W), at the positions (x, y) in [-1, 1] that the second, (N, H', W',
   * 2), gives.
   *
   * @param kernel how values between the elements come about: 0 linear, 1 nearest, 2 cubic
   * @param outside what lies outside: 0 zeros, 1 the border's elements, 2 reflections
   * @param alignCorners whether -1 and 1 are the middles of the outermost elements
   */
  record GridSample(int kernel, int outside, boolean alignCorners) implements Resampling {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return Kernels.sample(inputs.get(0), inputs.get(1), kernel, outside, alignCorners);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      Shape grid = inputs.get(1);
      Axes.requireRank(x, 4, "the input");
      Axes.requireRank(grid, 4, "the grid");
      if (grid.size(0) != x.size(0) || grid.size(3) != 2) {
        throw new IllegalArgumentException("the grid %s does not fit %s".formatted(grid, x));
      }
      return Shape.of(x.size(0), x.size(1), grid.size(1), grid.size(2));
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      return 16.0 * output.elements();
    }
  }

  /** How a value comes about. */
  enum Mode {
    NEAREST,
    LINEAR,
    CUBIC
  }

  /**
   * How many elements around a position are averaged, and with which weights.
   *
   * @param antialias whether more are averaged where rows or columns become fewer
   * @param excludeOutside whether positions outside the input have no weight; else they have the
   *     element at the border
   * @param cubic the coefficient a of cubic interpolation
   */
  record Filter(boolean antialias, boolean excludeOutside, double cubic) {
    /** No averaging beyond the neighbours, border elements repeated, a = -0.75. */
    public static final Filter USUAL = new Filter(false, false, -0.75);

    /** Adds the weights of the elements around a position. */
    private void add(double[] weights, double position, boolean isCubic, double scale) {
      double stretch = antialias ? Math.min(1, scale) : 1;
      int radius = (int) Math.ceil((isCubic ? 2 : 1) / stretch);
      int middle = (int) Math.floor(position);
      double sum = 0;
      for (int pass = 0; pass < 2; pass++) {
        for (int i = middle - radius; i <= middle + radius + 1; i++) {
          boolean inside = i >= 0 && i < weights.length;
          double distance = Math.abs(i - position) * stretch;
          double weight =
              !inside && excludeOutside ? 0 : isCubic ? cubic(distance) : 1 - Math.min(1, distance);
          if (pass == 0) {
            sum += weight;
          } else {
            weights[Math.max(0, Math.min(weights.length - 1, i))] += weight / sum;
          }
        }
      }
    }

    private double cubic(double x) {
      if (x <= 1) {
        return ((cubic + 2) * x - (cubic + 3)) * x * x + 1;
      }
      return x < 2 ? ((cubic * x - 5 * cubic) * x + 8 * cubic) * x - 4 * cubic : 0;
    }
  }

  /** Which position of the input belongs to a row or column of the result; named as in ONNX. */
  enum Coordinates {
    HALF_PIXEL {
      @Override
      float of(float i, float scale, float out, float in) {
        return (i + 0.5f) / scale - 0.5f;
      }
    },
    HALF_PIXEL_SYMMETRIC {
      @Override
      float of(float i, float scale, float out, float in) {
        float adjustment = out / (scale * in);
        return in / 2 * (1 - adjustment) + (i + 0.5f) / scale - 0.5f;
      }
    },
    PYTORCH_HALF_PIXEL {
      @Override
      float of(float i, float scale, float out, float in) {
        return out > 1 ? (i + 0.5f) / scale - 0.5f : 0;
      }
    },
    ALIGN_CORNERS {
      @Override
      float of(float i, float scale, float out, float in) {
        return out > 1 ? i * (in - 1) / (out - 1) : 0;
      }
    },
    ASYMMETRIC {
      @Override
      float of(float i, float scale, float out, float in) {
        return i / scale;
      }
    },
    TF_HALF_PIXEL_FOR_NN {
      @Override
      float of(float i, float scale, float out, float in) {
        return (i + 0.5f) / scale;
      }
    };

    /** The position for place {@code i} of {@code out}, in an input of {@code in}. */
    abstract float of(float i, float scale, float out, float in);
  }

  /** Which neighbour is the nearest; named as in ONNX. */
  enum Rounding {
    ROUND_PREFER_FLOOR {
      @Override
      double of(double position) {
        return Math.ceil(position - 0.5);
      }
    },
    ROUND_PREFER_CEIL {
      @Override
      double of(double position) {
        return Math.floor(position + 0.5);
      }
    },
    FLOOR {
      @Override
      double of(double position) {
        return Math.floor(position);
      }
    },
    CEIL {
      @Override
      double of(double position) {
        return Math.ceil(position);
      }
    };

    abstract double of(double position);
  }
}
