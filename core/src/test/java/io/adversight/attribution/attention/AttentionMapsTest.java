package io.adversight.attribution.attention;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Networks;
import io.adversight.attribution.TinyTransformer;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The maps of attention, against plain loops whose gradients are differences. */
class AttentionMapsTest {
  private static final int LABEL = 2;
  private static final double[] PIXELS = Networks.formulaInput().toDoubles();

  /** A class token, and a class token with three registers. */
  private static final List<Integer> EXTRAS = List.of(1, 4);

  private static double[] map(Attribution method, GraphClassifier network) {
    try (Scope scope = Scope.open()) {
      Tensor map =
          method.attribute(
              network.trace(Networks.formulaInput(), method.gradientsAt(network)),
              Objective.Logit.of(LABEL),
              Run.of(1));
      assertThat(map.shape().toArray()).containsExactly(1, 1, 4, 4);
      return map.toDoubles();
    }
  }

  private static PlainTransformer plain(int extra) {
    return new PlainTransformer(TinyTransformer.classifier(extra).graph(), extra);
  }

  private static double[][] heads(double[][][] a) {
    int tokens = a[0].length;
    double[][] mean = new double[tokens][tokens];
    for (double[][] head : a) {
      for (int i = 0; i < tokens; i++) {
        for (int j = 0; j < tokens; j++) {
          mean[i][j] += head[i][j] / a.length;
        }
      }
    }
    return mean;
  }

  private static double[][][] times(double[][][] a, double[][][] b, boolean positive) {
    double[][][] product = new double[a.length][a[0].length][a[0].length];
    for (int h = 0; h < a.length; h++) {
      for (int i = 0; i < a[0].length; i++) {
        for (int j = 0; j < a[0].length; j++) {
          double value = a[h][i][j] * b[h][i][j];
          product[h][i][j] = positive ? Math.max(0, value) : value;
        }
      }
    }
    return product;
  }

  private static double[][] identity(int size) {
    double[][] one = new double[size][size];
    for (int i = 0; i < size; i++) {
      one[i][i] = 1;
    }
    return one;
  }

  private static double[] places(double[] tokens, int extra) {
    return Arrays.copyOfRange(tokens, extra, tokens.length);
  }

  @Test
  void theTransformerIsTheOneOfThePlainLoops() {
    for (int extra : EXTRAS) {
      double[] logits = plain(extra).pass(PIXELS, Map.of()).logits;
      try (Scope scope = Scope.open()) {
        GraphClassifier network = TinyTransformer.classifier(extra);
        assertClose(logits, network.logits(Networks.formulaInput()).toDoubles(), 1e-5);
        assertThat(network.attention())
            .extracting(block -> block.weights() + " " + block.input() + " " + block.first())
            .containsExactly("b1.attention b1.norm1 " + extra, "b2.attention b2.norm1 " + extra);
        assertThat(network.defaultLayer()).contains("b2.norm1");
      }
    }
  }

  @Test
  void theAttentionOfABlockIsTheRowOfTheClassToken() {
    for (int extra : EXTRAS) {
      PlainTransformer.Pass pass = plain(extra).pass(PIXELS, Map.of());
      GraphClassifier network = TinyTransformer.classifier(extra);
      double[][][] first = pass.attention.get(0);
      assertClose(places(first[1][0], extra), map(new RawAttention(1, 2), network), 1e-6);
      double[][] last = heads(pass.attention.get(1));
      assertClose(places(last[0], extra), map(new RawAttention(), network), 1e-6);
    }
    assertThatThrownBy(() -> map(new RawAttention(3, 0), TinyTransformer.classifier()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "raw-attention: \"tiny-transformer\" has 2 blocks, so block must be at most 2, but was"
                + " 3");
  }

  @Test
  void rolloutIsTheProductOfTheBlocksWithTheirResidualConnections() {
    for (int extra : EXTRAS) {
      PlainTransformer.Pass pass = plain(extra).pass(PIXELS, Map.of());
      double[][] product = identity(extra + 16);
      for (double[][][] a : pass.attention) {
        double[][] both = heads(a);
        for (int i = 0; i < both.length; i++) {
          for (int j = 0; j < both.length; j++) {
            both[i][j] = (both[i][j] + (i == j ? 1 : 0)) / 2;
          }
        }
        product = PlainTransformer.product(both, product);
      }
      double[] found = map(new AttentionRollout(), TinyTransformer.classifier(extra));
      assertClose(places(product[0], extra), found, 1e-6);
      // Rows of attention sum to 1, and so do those of their product.
      assertThat(Arrays.stream(product[0]).sum()).isBetween(1 - 1e-9, 1 + 1e-9);
    }
  }

  @Test
  void gradientRolloutWeighsTheAttentionByItsGradient() {
    for (int extra : EXTRAS) {
      PlainTransformer plain = plain(extra);
      PlainTransformer.Pass pass = plain.pass(PIXELS, Map.of());
      double[][] product = identity(extra + 16);
      for (int block = 0; block < 2; block++) {
        double[][][] gradient = plain.gradient(PIXELS, block, LABEL);
        double[][] both = heads(times(pass.attention.get(block), gradient, false));
        for (int i = 0; i < both.length; i++) {
          double sum = 0;
          for (int j = 0; j < both.length; j++) {
            both[i][j] = Math.max(0, both[i][j]) + (i == j ? 1 : 0);
            sum += both[i][j];
          }
          for (int j = 0; j < both.length; j++) {
            both[i][j] /= sum;
          }
        }
        product = PlainTransformer.product(both, product);
      }
      double[] found = map(new GradientRollout(), TinyTransformer.classifier(extra));
      assertClose(places(product[0], extra), found, 1e-5);
    }
  }

  @Test
  void relevanceAddsWhatEachBlockMixes() {
    for (int extra : EXTRAS) {
      PlainTransformer plain = plain(extra);
      PlainTransformer.Pass pass = plain.pass(PIXELS, Map.of());
      double[][] relevance = identity(extra + 16);
      for (int block = 0; block < 2; block++) {
        double[][][] gradient = plain.gradient(PIXELS, block, LABEL);
        double[][] mean = heads(times(pass.attention.get(block), gradient, true));
        relevance = PlainTransformer.sum(relevance, PlainTransformer.product(mean, relevance));
      }
      double[] found = map(new AttentionRelevance(), TinyTransformer.classifier(extra));
      assertClose(places(relevance[0], extra), found, 1e-5);
    }
  }

  @Test
  void leGradTakesTheGradientOfTheHeadOnEachBlock() {
    for (int extra : EXTRAS) {
      PlainTransformer plain = plain(extra);
      PlainTransformer.Pass pass = plain.pass(PIXELS, Map.of());
      double[] sum = new double[extra + 16];
      for (int block = 0; block < 2; block++) {
        int own = block;
        double[][][] gradient =
            PlainTransformer.differences(
                pass.attention.get(block),
                changed ->
                    plain
                        .head(plain.pass(PIXELS, Map.of(own, changed)).states.get(own + 1))[LABEL]);
        for (double[][] head : gradient) {
          for (double[] row : head) {
            for (int j = 0; j < row.length; j++) {
              sum[j] += Math.max(0, row[j]);
            }
          }
        }
        // The mean over heads and queries, and over blocks, is the same factor for all.
      }
      double[] map = places(sum, extra);
      double low = Arrays.stream(map).min().orElseThrow();
      double high = Arrays.stream(map).max().orElseThrow();
      double[] scaled = Arrays.stream(map).map(v -> (v - low) / (high - low)).toArray();
      double[] found = map(new LeGrad(), TinyTransformer.classifier(extra));
      assertClose(scaled, found, 2e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "raw-attention",
        "attention-rollout",
        "gradient-rollout",
        "attention-relevance",
        "le-grad"
      })
  void needsAttention(String id) {
    Entry<?> entry = Catalog.find(id, Kind.ATTRIBUTION);
    Attribution method = (Attribution) entry.create();
    assertThatThrownBy(() -> method.gradientsAt(Networks.formula()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(id + " needs a network with attention")
        .hasMessageContaining("class activation maps work on every network");
  }
}
