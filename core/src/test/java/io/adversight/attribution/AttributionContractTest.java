package io.adversight.attribution;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.input.UnknownNameException;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every explanation of the catalogue must do, on two small networks. */
public class AttributionContractTest {
  private static final List<Objective> CLASSES =
      List.of(new Objective.Logit(List.of(3, 0, 2)), new Objective.Probability(List.of(3, 0, 2)));

  /** Every attribution; those of many passes with few. */
  public static Stream<Attribution> methods() {
    return Catalog.entries(Kind.ATTRIBUTION).stream()
        .map(
            entry -> {
              Map<String, String> few = new LinkedHashMap<>();
              few(entry, few, "samples", "20");
              few(entry, few, "masks", "20");
              few(entry, few, "segments", "4");
              few(entry, few, "steps", "8");
              return (Attribution) entry.create(few);
            });
  }

  private static void few(Entry<?> entry, Map<String, String> few, String name, String value) {
    if (entry.parameters().stream().anyMatch(p -> p.name().equals(name))) {
      few.put(name, value);
    }
  }

  private static Tensor images() {
    Tensor x = Networks.formulaInput();
    return Tensor.concat(List.of(x, x.flip(2), x.neg().add(1)), 0);
  }

  private static List<Heatmap> explain(Attribution method, Tensor pixels, Objective o, Run run) {
    return Attributions.run(List.of(method), Networks.suiting(method), pixels, o, run).get(0);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void givesOneFiniteMapPerImage(Attribution method) {
    for (Objective objective : CLASSES) {
      List<Heatmap> maps = explain(method, images(), objective, Run.of(3));
      assertThat(maps).hasSize(3);
      for (Heatmap map : maps) {
        assertThat(map.map().channels()).isEqualTo(1);
        assertThat(map.map().height()).isEqualTo(8);
        assertThat(map.attribution().width()).isEqualTo(8);
        for (float value : map.attribution().toArray()) {
          assertThat(value).isFinite();
        }
        for (float value : map.map().toArray()) {
          assertThat(value).isFinite();
        }
      }
    }
  }

  /** Every attribution whose maps are those of a layer that can be chosen. */
  static Stream<Entry<?>> methodsOfALayer() {
    return Catalog.entries(Kind.ATTRIBUTION).stream()
        .filter(entry -> entry.parameters().stream().anyMatch(p -> p.name().equals("layer")))
        .map(entry -> (Entry<?>) entry);
  }

  @ParameterizedTest
  @MethodSource("methodsOfALayer")
  void refusesALayerWithoutPositions(Entry<?> entry) {
    Attribution method = (Attribution) entry.create(Map.of("layer", "fc"));
    assertThatThrownBy(() -> explain(method, images(), CLASSES.get(0), Run.of(3)))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageStartingWith("layer \"fc\" (Gemm) has the shape (1, ")
        .hasMessageContaining("without rows and columns")
        .hasMessageContaining("conv1");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void isFiniteForAConstantImage(Attribution method) {
    for (double grey : new double[] {0, 0.5}) {
      Tensor image = Tensor.full(grey, 1, 1, 8, 8);
      Heatmap map = explain(method, image, Objective.Logit.of(1), Run.of(1)).get(0);
      for (float value : map.attribution().toArray()) {
        assertThat(value).isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void isTheSameForTheSameSeed(Attribution method) {
    Objective objective = CLASSES.get(0);
    List<Heatmap> once = explain(method, images(), objective, Run.of(new Rng(5), 0, 3));
    List<Heatmap> again = explain(method, images(), objective, Run.of(new Rng(5), 0, 3));
    assertThat(once).isEqualTo(again);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void isTheSameAloneAndInABatch(Attribution method) {
    Tensor images = images();
    Rng rng = new Rng(7);
    List<Heatmap> together = explain(method, images, CLASSES.get(0), Run.of(rng, 0, 3));
    for (int i = 0; i < 3; i++) {
      Objective own = CLASSES.get(0).select(i);
      Heatmap alone = explain(method, images.rows(i), own, Run.of(rng, i, 1)).get(0);
      assertClose(doubles(alone), doubles(together.get(i)), 2e-4);
    }
  }

  private static double[] doubles(Heatmap map) {
    float[] values = map.attribution().toArray();
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void stopsWhenCancelled(Attribution method) {
    Run run = Run.of(1);
    run.cancel();
    assertThatThrownBy(() -> explain(method, Networks.formulaInput(), Objective.Logit.of(0), run))
        .isInstanceOf(CancellationException.class);
  }
}
