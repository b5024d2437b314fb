package io.adversight.attribution.relevance;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Networks;
import io.adversight.attribution.TinyTransformer;
import io.adversight.graph.backward.LrpRule;
import io.adversight.graph.backward.LrpRules;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Relevance through a transformer, against rules in plain loops that go from layer to layer. */
class AttnLrpTest {
  private static final int LABEL = 2;
  private static final int WIDTH = TinyTransformer.WIDTH;
  private static final int HEADS = TinyTransformer.HEADS;
  private static final int DEPTH = WIDTH / HEADS;

  /** Values and relevances of layers, all for one image. */
  private static final class Plain {
    private final GraphClassifier network;
    private final Tensor pixels;

    Plain(GraphClassifier network, Tensor pixels) {
      this.network = network;
      this.pixels = pixels;
    }

    double[] value(String layer) {
      return network.trace(pixels).activation(layer).toDoubles();
    }

    double[] constant(String name) {
      return Objects.requireNonNull(network.graph().constants().get(name), name).toDoubles();
    }

    /** x_i w_io / z_o R_o: inputs and outputs of each token, w (inputs, outputs). */
    double[] dense(double[] x, double[] w, double[] z, double[] relevance, int outputs) {
      int inputs = w.length / outputs;
      double[] share = new double[x.length];
      for (int t = 0; t < x.length / inputs; t++) {
        for (int o = 0; o < outputs; o++) {
          int at = t * outputs + o;
          for (int i = 0; i < inputs; i++) {
            share[t * inputs + i] += x[t * inputs + i] * w[i * outputs + o] / z[at] * relevance[at];
          }
        }
      }
      return share;
    }

    double[] dense(String name, String from, double[] relevance) {
      int outputs = constant(name + ".b").length;
      return dense(value(from), constant(name + ".w"), value(name), relevance, outputs);
    }

    /**
     * The normalised value is a matrix times x with the deviation as a constant, plus the shift:
     * y_c = scale_c (x_c - mean) / deviation + shift_c.
     */
    double[] norm(String name, String from, double[] relevance) {
      double[] x = value(from);
      double[] y = value(name);
      double[] scale = constant(name + ".scale");
      double[] share = new double[x.length];
      for (int t = 0; t < x.length / WIDTH; t++) {
        double[] own = Arrays.copyOfRange(x, t * WIDTH, (t + 1) * WIDTH);
        double mean = Arrays.stream(own).average().orElseThrow();
        double variance =
            Arrays.stream(own).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double deviation = Math.sqrt(variance + TinyTransformer.EPSILON);
        for (int c = 0; c < WIDTH; c++) {
          for (int i = 0; i < WIDTH; i++) {
            double factor = scale[c] / deviation * ((i == c ? 1 : 0) - 1.0 / WIDTH);
            share[t * WIDTH + i] += own[i] * factor / y[t * WIDTH + c] * relevance[t * WIDTH + c];
          }
        }
      }
      return share;
    }

    /** Each term of a sum takes what it is of the sum. */
    double[] term(String term, String sum, double[] relevance) {
      double[] part = value(term);
      double[] whole = value(sum);
      double[] share = new double[part.length];
      for (int i = 0; i < share.length; i++) {
        share[i] = part[i] / whole[i] * relevance[i];
      }
      return share;
    }

    /** Through a block: from the relevance of its tokens to that of those before. */
    double[] block(String name, String from, String to, double[] relevance) {
      double[] hidden =
          dense(name + ".dense2", name + ".gelu", term(name + ".dense2", to, relevance));
      double[] normed = dense(name + ".dense1", name + ".norm2", hidden); // GELU hands on
      double[] sum =
          add(term(name + ".sum", to, relevance), norm(name + ".norm2", name + ".sum", normed));
      double[] side = dense(name + ".out", name + ".side", term(name + ".out", name + ".sum", sum));
      return add(
          term(from, name + ".sum", sum), norm(name + ".norm1", from, attention(name, side)));
    }

    /** Relevance (T, WIDTH) of the heads side by side, to that of the normalised tokens. */
    private double[] attention(String name, double[] side) {
      int tokens = side.length / WIDTH;
      double[] a = value(name + ".attention");
      double[] scores = value(name + ".scaled");
      double[] query = value(name + ".query");
      double[] key = value(name + ".key");
      double[] v = value(name + ".value");
      double[] mixed = value(name + ".side");
      double[] ofQuery = new double[side.length];
      double[] ofKey = new double[side.length];
      double[] ofValue = new double[side.length];
      for (int h = 0; h < HEADS; h++) {
        for (int i = 0; i < tokens; i++) {
          double[] ofWeights = new double[tokens];
          for (int j = 0; j < tokens; j++) {
            for (int d = 0; d < DEPTH; d++) {
              int at = h * DEPTH + d;
              double part =
                  a[(h * tokens + i) * tokens + j] * v[j * WIDTH + at] / mixed[i * WIDTH + at];
              double share = part * side[i * WIDTH + at] / 2; // half to each factor
              ofWeights[j] += share;
              ofValue[j * WIDTH + at] += share;
            }
          }
          double all = Arrays.stream(ofWeights).sum();
          for (int j = 0; j < tokens; j++) {
            int at = (h * tokens + i) * tokens + j;
            double ofScore = scores[at] * (ofWeights[j] - a[at] * all); // Taylor expansion
            for (int d = 0; d < DEPTH; d++) {
              int channel = h * DEPTH + d;
              double part =
                  query[i * WIDTH + channel] * key[j * WIDTH + channel] / Math.sqrt(DEPTH);
              double share = part / scores[at] * ofScore / 2;
              ofQuery[i * WIDTH + channel] += share;
              ofKey[j * WIDTH + channel] += share;
            }
          }
        }
      }
      String norm = name + ".norm1";
      return add(
          dense(name + ".query", norm, ofQuery),
          add(dense(name + ".key", norm, ofKey), dense(name + ".value", norm, ofValue)));
    }

    static double[] add(double[] a, double[] b) {
      double[] sum = a.clone();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += b[i];
      }
      return sum;
    }

    /** The relevance of the pixels. */
    double[] pixels() {
      int tokens = TinyTransformer.PLACES + 1;
      double[] w = constant("logits.w");
      double[] token = value("class_token");
      double logit = value("logits")[LABEL];
      double[] relevance = new double[tokens * WIDTH];
      for (int c = 0; c < WIDTH; c++) {
        relevance[c] = w[LABEL * WIDTH + c] * token[c] / logit * logit;
      }
      relevance = norm("norm", "z2", relevance);
      relevance = block("b2", "z1", "z2", relevance);
      relevance = block("b1", "z0", "z1", relevance);
      double[] joined = term("joined", "z0", relevance);
      double[] weights = constant("patches.w");
      double[] patches = value("patches");
      double[] x = pixels.toDoubles();
      double[] found = new double[64];
      for (int place = 0; place < 16; place++) {
        for (int c = 0; c < WIDTH; c++) {
          double own = joined[(place + 1) * WIDTH + c] / patches[c * 16 + place];
          for (int k = 0; k < 4; k++) {
            int pixel = (2 * (place / 4) + k / 2) * 8 + 2 * (place % 4) + k % 2;
            found[pixel] += weights[c * 4 + k] * x[pixel] * own;
          }
        }
      }
      return found;
    }
  }

  @Test
  void isTheRelevanceOfThePlainRules() {
    GraphClassifier network = TinyTransformer.classifier();
    try (Scope scope = Scope.open()) {
      Tensor pixels = Networks.formulaInput();
      double[] found =
          new AttnLrp(0, 0, ChannelReduction.SUM)
              .attribute(network.trace(pixels), Objective.Logit.of(LABEL), Run.of(1))
              .toDoubles();
      assertClose(new Plain(network, pixels).pixels(), found, 1e-3);
    }
  }

  /** The halves of attention and values sum to what both made: nothing is lost in a product. */
  @Test
  void productsConserveRelevance() {
    GraphClassifier network = TinyTransformer.classifier();
    LrpRules rules = new LrpRules(Map.of(), new LrpRule.Epsilon(0), Set.of());
    try (Scope scope = Scope.open()) {
      Trace trace = network.trace(Networks.formulaInput());
      Objective objective = Objective.Logit.of(LABEL);
      double mixed = relevance(trace, "b2.mixed", objective, rules);
      double weights = relevance(trace, "b2.attention", objective, rules);
      double values = relevance(trace, "b2.value.heads", objective, rules);
      assertThat(weights).isCloseTo(mixed / 2, within(1e-5 * Math.abs(mixed)));
      assertThat(values).isCloseTo(mixed / 2, within(1e-5 * Math.abs(mixed)));
    }
  }

  private static double relevance(Trace trace, String layer, Objective objective, LrpRules rules) {
    return trace.activation(layer).mul(trace.gradient(layer, objective, rules)).sum().item();
  }
}
