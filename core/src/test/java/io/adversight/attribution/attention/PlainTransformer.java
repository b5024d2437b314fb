package io.adversight.attribution.attention;

import io.adversight.attribution.TinyTransformer;
import io.adversight.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@link TinyTransformer} for one image in plain loops over doubles, written down once more. */
final class PlainTransformer {
  static final int WIDTH = TinyTransformer.WIDTH;
  static final int HEADS = TinyTransformer.HEADS;
  static final int BLOCKS = TinyTransformer.BLOCKS;
  private static final int DEPTH = WIDTH / HEADS;

  private final Graph graph;
  final int extra;
  final int tokens;

  PlainTransformer(Graph graph, int extra) {
    this.graph = graph;
    this.extra = extra;
    this.tokens = extra + TinyTransformer.PLACES;
  }

  /** What a pass computes: the attention of each block [head][query][key], and the tokens. */
  static final class Pass {
    final List<double[][][]> attention = new ArrayList<>();
    final List<double[][]> states = new ArrayList<>();
    double[] logits = {};
  }

  double[] constant(String name) {
    return Objects.requireNonNull(graph.constants().get(name), name).toDoubles();
  }

  /** A pass in which some attentions, by block from 0, are others than the softmax gives. */
  Pass pass(double[] pixels, Map<Integer, double[][][]> given) {
    Pass pass = new Pass();
    double[][] z = embedded(pixels);
    pass.states.add(z);
    for (int block = 1; block <= BLOCKS; block++) {
      String name = "b" + block;
      double[][] x = norm(name + ".norm1", z);
      double[][][] a = given.getOrDefault(block - 1, attention(name, x));
      pass.attention.add(a);
      z = sum(z, dense(name + ".out", mixed(a, dense(name + ".value", x))));
      double[][] hidden = dense(name + ".dense1", norm(name + ".norm2", z));
      z = sum(z, dense(name + ".dense2", map(hidden, PlainTransformer::gelu)));
      pass.states.add(z);
    }
    pass.logits = head(z);
    return pass;
  }

  /** The logits of the tokens behind the last block. */
  double[] head(double[][] z) {
    double[] token = norm("norm", z)[0];
    double[] w = constant("logits.w");
    double[] logits = constant("logits.b").clone();
    for (int k = 0; k < logits.length; k++) {
      for (int c = 0; c < WIDTH; c++) {
        logits[k] += w[k * WIDTH + c] * token[c];
      }
    }
    return logits;
  }

  double[][] embedded(double[] pixels) {
    double[] w = constant("patches.w");
    double[] bias = constant("patches.b");
    double[] first = constant("first");
    double[] positions = constant("positions");
    int side = TinyTransformer.SIDE;
    double[][] z = new double[tokens][WIDTH];
    for (int t = 0; t < tokens; t++) {
      for (int c = 0; c < WIDTH; c++) {
        z[t][c] = positions[t * WIDTH + c];
        if (t < extra) {
          z[t][c] += first[t * WIDTH + c];
          continue;
        }
        int row = (t - extra) / side;
        int column = (t - extra) % side;
        z[t][c] += bias[c];
        for (int k = 0; k < 4; k++) {
          int pixel = (2 * row + k / 2) * 2 * side + 2 * column + k % 2;
          z[t][c] += w[c * 4 + k] * pixels[pixel];
        }
      }
    }
    return z;
  }

  double[][] norm(String name, double[][] z) {
    double[] scale = constant(name + ".scale");
    double[] shift = constant(name + ".shift");
    double[][] normed = new double[z.length][WIDTH];
    for (int t = 0; t < z.length; t++) {
      double deviation = deviation(z[t]);
      double mean = mean(z[t]);
      for (int c = 0; c < WIDTH; c++) {
        normed[t][c] = (z[t][c] - mean) / deviation * scale[c] + shift[c];
      }
    }
    return normed;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  static double deviation(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length + TinyTransformer.EPSILON);
  }

  double[][] dense(String name, double[][] x) {
    double[] w = constant(name + ".w");
    double[] bias = constant(name + ".b");
    double[][] y = new double[x.length][bias.length];
    for (int t = 0; t < x.length; t++) {
      for (int o = 0; o < bias.length; o++) {
        y[t][o] = bias[o];
        for (int i = 0; i < x[t].length; i++) {
          y[t][o] += x[t][i] * w[i * bias.length + o];
        }
      }
    }
    return y;
  }

  double[][][] scores(String name, double[][] x) {
    double[][] query = dense(name + ".query", x);
    double[][] key = dense(name + ".key", x);
    double[][][] scores = new double[HEADS][tokens][tokens];
    for (int h = 0; h < HEADS; h++) {
      for (int i = 0; i < tokens; i++) {
        for (int j = 0; j < tokens; j++) {
          for (int d = 0; d < DEPTH; d++) {
            scores[h][i][j] += query[i][h * DEPTH + d] * key[j][h * DEPTH + d] / Math.sqrt(DEPTH);
          }
        }
      }
    }
    return scores;
  }

  private double[][][] attention(String name, double[][] x) {
    double[][][] a = scores(name, x);
    for (double[][] head : a) {
      for (double[] row : head) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
          row[j] = Math.exp(row[j]);
          sum += row[j];
        }
        for (int j = 0; j < row.length; j++) {
          row[j] /= sum;
        }
      }
    }
    return a;
  }

  double[][] mixed(double[][][] a, double[][] value) {
    double[][] mixed = new double[tokens][WIDTH];
    for (int h = 0; h < HEADS; h++) {
      for (int i = 0; i < tokens; i++) {
        for (int j = 0; j < tokens; j++) {
          for (int d = 0; d < DEPTH; d++) {
            mixed[i][h * DEPTH + d] += a[h][i][j] * value[j][h * DEPTH + d];
          }
        }
      }
    }
    return mixed;
  }

  static double gelu(double x) {
    return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  static double[][] map(double[][] x, java.util.function.DoubleUnaryOperator function) {
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      y[t] = java.util.Arrays.stream(x[t]).map(function).toArray();
    }
    return y;
  }

  static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][a[0].length];
    for (int t = 0; t < a.length; t++) {
      for (int c = 0; c < sum[t].length; c++) {
        sum[t][c] = a[t][c] + b[t][c];
      }
    }
    return sum;
  }

  /** The gradient of a logit with respect to the attention of a block, by central differences. */
  double[][][] gradient(double[] pixels, int block, int label) {
    return differences(
        pass(pixels, Map.of()).attention.get(block),
        changed -> pass(pixels, Map.of(block, changed)).logits[label]);
  }

  /** A number that depends on the attention of a block. */
  interface OfAttention {
    double of(double[][][] attention);
  }

  static double[][][] differences(double[][][] at, OfAttention function) {
    double step = 1e-5;
    double[][][] changed = new double[at.length][][];
    for (int h = 0; h < at.length; h++) {
      changed[h] = map(at[h], v -> v);
    }
    double[][][] gradient = new double[at.length][at[0].length][at[0].length];
    for (int h = 0; h < at.length; h++) {
      for (int i = 0; i < at[0].length; i++) {
        for (int j = 0; j < at[0].length; j++) {
          double value = at[h][i][j];
          changed[h][i][j] = value + step;
          double ahead = function.of(changed);
          changed[h][i][j] = value - step;
          double behind = function.of(changed);
          changed[h][i][j] = value;
          gradient[h][i][j] = (ahead - behind) / (2 * step);
        }
      }
    }
    return gradient;
  }

  /** The product of two matrices. */
  static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < b[0].length; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }
}
