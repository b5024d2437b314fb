package io.adversight.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.CatalogAttacks;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.latent.TypeOne;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.cam.Cam;
import io.adversight.attribution.cam.GradCam;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.model.Preprocessing;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attack and explanation of the catalogue on a small transformer. */
class TransformerContractTest {
  private static final GraphClassifier NETWORK = TinyTransformer.classifier(3);

  private static Tensor images() {
    return Tensor.of(new Rng(11).uniform(2 * 64, 0.2, 0.8), 2, 1, 8, 8);
  }

  static Stream<Attribution> methods() {
    return AttributionContractTest.methods()
        .filter(method -> Networks.suitsAny(method) || Networks.readsTokens(method))
        .filter(method -> !(method instanceof Cam));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void explainsATransformer(Attribution method) {
    try (Scope scope = Scope.open()) {
      Objective objective = Objective.Logit.of(2);
      List<Heatmap> maps =
          Attributions.run(List.of(method), NETWORK, images(), objective, Run.of(2)).get(0);
      for (Heatmap map : maps) {
        assertThat(map.isEmpty()).isFalse();
        for (float value : map.attribution().toArray()) {
          assertThat(value).isFinite();
        }
        map.layer().ifPresent(layer -> assertThat(layer.height()).isEqualTo(TinyTransformer.SIDE));
      }
      Heatmap alone =
          Attributions.run(
                  List.of(method), NETWORK, images().rows(1), objective, Run.of(2).select(1))
              .get(0)
              .get(0);
      float[] together = maps.get(1).attribution().toArray();
      float[] single = alone.attribution().toArray();
      double largest = 1e-6;
      for (float value : together) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < single.length; i++) {
        assertThat((double) single[i]).isCloseTo(together[i], within(1e-3 * largest));
      }
    }
  }

  /** alpha_k is the mean of the gradient over the places alone, without the tokens in front. */
  @Test
  void gradCamIsThatOfTheGridOfTokens() {
    try (Scope scope = Scope.open()) {
      Trace trace = NETWORK.trace(images(), List.of("b2.norm1"));
      Objective objective = Objective.Logit.of(1);
      double[] found = new GradCam().attribute(trace, objective, Run.of(2)).toDoubles();
      double[] value = trace.activation("b2.norm1").toDoubles();
      double[] gradient = trace.gradient("b2.norm1", objective).toDoubles();
      int tokens = TinyTransformer.PLACES + 3;
      for (int image = 0; image < 2; image++) {
        for (int place = 0; place < TinyTransformer.PLACES; place++) {
          double expected = 0;
          for (int k = 0; k < TinyTransformer.WIDTH; k++) {
            double alpha = 0;
            for (int t = 3; t < tokens; t++) {
              alpha += gradient[(image * tokens + t) * TinyTransformer.WIDTH + k];
            }
            int at = (image * tokens + place + 3) * TinyTransformer.WIDTH + k;
            expected += alpha / TinyTransformer.PLACES * value[at];
          }
          assertThat(found[image * TinyTransformer.PLACES + place])
              .isCloseTo(expected, within(1e-6));
        }
      }
    }
  }

  /** Another grid of as many tokens; the last ones of a layer are its places. */
  @Test
  void aGridCanBeGiven() {
    try (Scope scope = Scope.open()) {
      GraphClassifier wide = NETWORK.withGrid(2, 8);
      Tensor own =
          new GradCam().attribute(NETWORK.trace(images()), Objective.Logit.of(1), Run.of(2));
      Tensor map = new GradCam().attribute(wide.trace(images()), Objective.Logit.of(1), Run.of(2));
      assertThat(map.shape().toArray()).containsExactly(2, 1, 2, 8);
      assertThat(map.toFloats()).containsExactly(own.toFloats());
      assertThat(wide.attention().get(0).columns()).isEqualTo(8);
      GraphClassifier others = wide.withGraph(wide.graph().withConstants(Map.of()));
      assertThat(others.layers()).isEqualTo(wide.layers());
      assertThat(others.attention()).isEqualTo(wide.attention());
      GraphClassifier brighter = wide.with(Preprocessing.none(ChannelOrder.GRAY));
      assertThat(brighter.layers()).isEqualTo(wide.layers());
    }
    assertThatThrownBy(() -> NETWORK.withGrid(5, 5))
        .isInstanceOf(InputException.class)
        .hasMessage("no layer of \"tiny-transformer\" has tokens for a grid of 5 x 5");
  }

  /** All but the one that counts a kept prediction as success. */
  static Stream<Attack> attacks() {
    return CatalogAttacks.all().filter(attack -> !(attack instanceof TypeOne));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void attacksATransformer(Attack attack) {
    Set<Norm> norms =
        attack instanceof BoundedAttack bounded
            ? bounded.norms()
            : attack instanceof MinimalAttack minimal ? minimal.norms() : Set.of(Norm.L2);
    Norm norm = norms.contains(Norm.LINF) ? Norm.LINF : norms.iterator().next();
    double epsilon = norm == Norm.LINF ? 0.2 : norm == Norm.L0 ? 8 : 3;
    try (Scope scope = Scope.open()) {
      Tensor pixels = images();
      List<Integer> labels = NETWORK.predict(pixels).stream().map(Prediction::top).toList();
      List<Adversarial> results =
          Attacks.runAny(
              attack,
              Problem.of(NETWORK, pixels, labels),
              norm,
              List.of(epsilon),
              Attacks.Settings.of(Attacks.Rounding.SKIP),
              Run.of(new Rng(5), 0, 2));
      for (int i = 0; i < 2; i++) {
        Tensor changed = Batches.of(List.of(results.get(i).changed()));
        int after = NETWORK.predict(changed).get(0).top();
        assertThat(results.get(i).success()).isEqualTo(after != labels.get(i));
      }
    }
  }
}
