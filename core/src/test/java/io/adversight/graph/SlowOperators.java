package io.adversight.graph;

import java.util.ArrayList;
import java.util.List;

/** Operators of rows and columns written out loop by loop, after the ONNX specification's text. */
@SuppressWarnings("ArrayRecordComponent")
public final class SlowOperators {
  private SlowOperators() {}

  /** Numbers with a shape (n, c, h, w). */
  public record Maps(double[] values, int n, int c, int h, int w) {
    public static Maps zeros(int n, int c, int h, int w) {
      return new Maps(new double[n * c * h * w], n, c, h, w);
    }

    double at(int i, int j, int y, int x) {
      return values[((i * c + j) * h + y) * w + x];
    }

    void add(int i, int j, int y, int x, double value) {
      values[((i * c + j) * h + y) * w + x] += value;
    }

    boolean has(int y, int x) {
      return y >= 0 && y < h && x >= 0 && x < w;
    }
  }

  /** Window geometry: strides, pads (top, left, bottom, right), dilations. */
  public record Steps(int[] strides, int[] pads, int[] dilations) {
    int out(int size, int kernel, int dim, boolean ceil) {
      int room = size + pads[dim] + pads[dim + 2] - dilations[dim] * (kernel - 1) - 1;
      int count =
          (int)
                  (ceil
                      ? Math.ceil((double) room / strides[dim])
                      : Math.floor((double) room / strides[dim]))
              + 1;
      return ceil && (count - 1) * strides[dim] >= size + pads[dim] ? count - 1 : count;
    }

    int row(int window, int element) {
      return window * strides[0] - pads[0] + element * dilations[0];
    }

    int column(int window, int element) {
      return window * strides[1] - pads[1] + element * dilations[1];
    }
  }

  public static Maps conv(Maps x, Maps weight, double[] bias, Steps steps, int groups) {
    int height = steps.out(x.h, weight.h, 0, false);
    int width = steps.out(x.w, weight.w, 1, false);
    Maps result = Maps.zeros(x.n, weight.n, height, width);
    int perGroup = weight.n / groups;
    for (int i = 0; i < x.n; i++) {
      for (int m = 0; m < weight.n; m++) {
        for (int y = 0; y < height; y++) {
          for (int z = 0; z < width; z++) {
            result.add(i, m, y, z, bias[m]);
            for (int c = 0; c < weight.c; c++) {
              int channel = m / perGroup * weight.c + c;
              for (int ky = 0; ky < weight.h; ky++) {
                for (int kx = 0; kx < weight.w; kx++) {
                  int row = steps.row(y, ky);
                  int column = steps.column(z, kx);
                  if (x.has(row, column)) {
                    result.add(i, m, y, z, x.at(i, channel, row, column) * weight.at(m, c, ky, kx));
                  }
                }
              }
            }
          }
        }
      }
    }
    return result;
  }

  /** Each input element adds the weights, scaled by it, to the result. */
  public static Maps convTranspose(
      Maps x, Maps weight, double[] bias, Steps steps, int[] outputPadding, int groups) {
    int height =
        steps.strides[0] * (x.h - 1)
            + outputPadding[0]
            + (weight.h - 1) * steps.dilations[0]
            + 1
            - steps.pads[0]
            - steps.pads[2];
    int width =
        steps.strides[1] * (x.w - 1)
            + outputPadding[1]
            + (weight.w - 1) * steps.dilations[1]
            + 1
            - steps.pads[1]
            - steps.pads[3];
    Maps result = Maps.zeros(x.n, weight.c * groups, height, width);
    int perGroup = x.c / groups;
    for (int i = 0; i < x.n; i++) {
      for (int m = 0; m < result.c; m++) {
        for (int y = 0; y < height; y++) {
          for (int z = 0; z < width; z++) {
            result.add(i, m, y, z, bias[m]);
          }
        }
      }
      for (int c = 0; c < x.c; c++) {
        for (int m = 0; m < weight.c; m++) {
          int target = c / perGroup * weight.c + m;
          for (int y = 0; y < x.h; y++) {
            for (int z = 0; z < x.w; z++) {
              for (int ky = 0; ky < weight.h; ky++) {
                for (int kx = 0; kx < weight.w; kx++) {
                  int row = steps.row(y, ky);
                  int column = steps.column(z, kx);
                  if (result.has(row, column)) {
                    result.add(i, target, row, column, x.at(i, c, y, z) * weight.at(c, m, ky, kx));
                  }
                }
              }
            }
          }
        }
      }
    }
    return result;
  }

  public static Maps maxPool(Maps x, int[] kernel, Steps steps, boolean ceil) {
    Maps result =
        Maps.zeros(
            x.n, x.c, steps.out(x.h, kernel[0], 0, ceil), steps.out(x.w, kernel[1], 1, ceil));
    for (int i = 0; i < x.n; i++) {
      for (int c = 0; c < x.c; c++) {
        for (int y = 0; y < result.h; y++) {
          for (int z = 0; z < result.w; z++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double value : window(x, i, c, y, z, kernel, steps)) {
              largest = Math.max(largest, value);
            }
            result.add(i, c, y, z, largest);
          }
        }
      }
    }
    return result;
  }

  private static List<Double> window(
      Maps x, int i, int c, int y, int z, int[] kernel, Steps steps) {
    List<Double> values = new ArrayList<>();
    for (int ky = 0; ky < kernel[0]; ky++) {
      for (int kx = 0; kx < kernel[1]; kx++) {
        if (x.has(steps.row(y, ky), steps.column(z, kx))) {
          values.add(x.at(i, c, steps.row(y, ky), steps.column(z, kx)));
        }
      }
    }
    return values;
  }

  public static Maps averagePool(
      Maps x, int[] kernel, Steps steps, boolean ceil, boolean includePad) {
    Maps result =
        Maps.zeros(
            x.n, x.c, steps.out(x.h, kernel[0], 0, ceil), steps.out(x.w, kernel[1], 1, ceil));
    for (int i = 0; i < x.n; i++) {
      for (int c = 0; c < x.c; c++) {
        for (int y = 0; y < result.h; y++) {
          for (int z = 0; z < result.w; z++) {
            double sum = 0;
            int count = 0;
            for (int ky = 0; ky < kernel[0]; ky++) {
              for (int kx = 0; kx < kernel[1]; kx++) {
                int row = steps.row(y, ky);
                int column = steps.column(z, kx);
                boolean padding = row < x.h + steps.pads[2] && column < x.w + steps.pads[3];
                if (x.has(row, column)) {
                  sum += x.at(i, c, row, column);
                }
                count += x.has(row, column) || (includePad && padding) ? 1 : 0;
              }
            }
            result.add(i, c, y, z, sum / count);
          }
        }
      }
    }
    return result;
  }

  public static Maps lrn(Maps x, int size, double alpha, double beta, double bias) {
    Maps result = Maps.zeros(x.n, x.c, x.h, x.w);
    for (int i = 0; i < x.n; i++) {
      for (int c = 0; c < x.c; c++) {
        for (int y = 0; y < x.h; y++) {
          for (int z = 0; z < x.w; z++) {
            double sum = 0;
            int last = Math.min(x.c - 1, c + (int) Math.ceil((size - 1) / 2.0));
            for (int j = Math.max(0, c - (size - 1) / 2); j <= last; j++) {
              sum += x.at(i, j, y, z) * x.at(i, j, y, z);
            }
            double divisor = Math.pow(bias + alpha / size * sum, beta);
            result.add(i, c, y, z, x.at(i, c, y, z) / divisor);
          }
        }
      }
    }
    return result;
  }

  /** Each channel of each image to mean 0 and variance 1, then scaled and shifted. */
  public static Maps instanceNorm(Maps x, double[] scale, double[] shift, double epsilon) {
    Maps result = Maps.zeros(x.n, x.c, x.h, x.w);
    int size = x.h * x.w;
    for (int map = 0; map < x.n * x.c; map++) {
      double mean = 0;
      double square = 0;
      for (int k = 0; k < size; k++) {
        mean += x.values[map * size + k] / size;
        square += x.values[map * size + k] * x.values[map * size + k] / size;
      }
      double deviation = Math.sqrt(square - mean * mean + epsilon);
      for (int k = 0; k < size; k++) {
        result.values[map * size + k] =
            (x.values[map * size + k] - mean) / deviation * scale[map % x.c] + shift[map % x.c];
      }
    }
    return result;
  }
}
