package io.adversight.graph.operator;

import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;

/** Operators that change the number of rows and columns. */
public sealed interface Resampling extends Operator {
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
   */
  record Resize(
      List<Double> scales, List<Long> sizes, Mode mode, Coordinates coordinates, Rounding rounding)
      implements Resampling {
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

    /** The largest of the elements that linear interpolation reads for each new position. */
    public Tensor neighbours(Tensor x) {
      Tensor found = x;
      for (int i = 0; i < 2; i++) {
        long size = found.size(2 + i);
        long out = out(i, size);
        float scale = scale(i, out, size);
        found = neighbours(found, 2 + i, out, scale);
      }
      return found;
    }

    private Tensor neighbours(Tensor x, int dim, long out, float scale) {
      long last = x.size(dim) - 1;
      int count = Math.toIntExact(out);
      long[] low = new long[count];
      long[] high = new long[count];
      for (int i = 0; i < count; i++) {
        float position = coordinates.of(i, scale, (float) out, (float) (last + 1));
        double inside = Math.max(0, Math.min((double) last, position));
        low[i] = (long) Math.floor(inside);
        high[i] = (long) Math.ceil(inside);
      }
      return x.select(dim, Tensor.of(low, count)).maximum(x.select(dim, Tensor.of(high, count)));
    }

    private Tensor along(Tensor x, int dim, long out, float scale) {
      int count = Math.toIntExact(out);
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
      if (height < 1 || width < 1 || Math.max(height, width) > 1 << 20 || x.elements() == 0) {
        throw new IllegalArgumentException(
            "%s cannot be resized to %s x %s".formatted(x, height, width));
      }
      return x.with(2, height).with(3, width);
    }

    private float scale(int i, long out, long size) {
      return scales.isEmpty() ? (float) out / (float) size : scales.get(i).floatValue();
    }

    private long out(int i, long size) {
      return scales.isEmpty() ? sizes.get(i) : (long) ((float) size * scales.get(i).floatValue());
    }
  }

  /** How a value comes about. */
  enum Mode {
    NEAREST,
    LINEAR
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
