package io.adversight.visualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attribution.Networks;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.graph.BackwardRules;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.objective.Direction;
import io.adversight.visualization.objective.Diversity;
import io.adversight.visualization.objective.Evidence;
import io.adversight.visualization.parameterization.ConstantImage;
import io.adversight.visualization.parameterization.Fourier;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.parameterization.Parameterization;
import io.adversight.visualization.parameterization.Pixels;
import io.adversight.visualization.regularizer.Decay;
import io.adversight.visualization.regularizer.Regularizer;
import io.adversight.visualization.transformation.GreyMargin;
import io.adversight.visualization.transformation.Jitter;
import io.adversight.visualization.transformation.Transformation;
import io.adversight.visualization.transformation.Transformations;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every part of the catalogue with every other that it can meet. */
class VisualizationContractTest {
  private static final int STEPS = 12;
  private static final int DRAWS = 16;

  private final Classifier network = Networks.formula();

  static Stream<Arguments> settings() {
    List<Arguments> all = new ArrayList<>();
    for (Entry<?> parameterization : Catalog.entries(Kind.PARAMETERIZATION)) {
      for (Entry<?> optimizer : Catalog.entries(Kind.OPTIMIZER)) {
        all.add(Arguments.of(parameterization, optimizer, "", ""));
        for (Entry<?> transformation : Catalog.entries(Kind.TRANSFORMATION)) {
          all.add(Arguments.of(parameterization, optimizer, transformation.id(), ""));
        }
        for (Entry<?> regularizer : Catalog.entries(Kind.REGULARIZER)) {
          if (fits(parameterization, regularizer.id())) {
            all.add(Arguments.of(parameterization, optimizer, "", regularizer.id()));
          }
        }
      }
    }
    return all.stream();
  }

  private static FeatureVisualization way(
      Entry<?> parameterization, Entry<?> optimizer, String transformation, String regularizer) {
    Parameterization made = (Parameterization) small(parameterization);
    return new FeatureVisualization(
        made,
        transformation.isEmpty()
            ? List.of()
            : List.of((Transformation) small(Catalog.find(transformation, Kind.TRANSFORMATION))),
        regularizer.isEmpty()
            ? List.of()
            : List.of((Regularizer) Catalog.find(regularizer, Kind.REGULARIZER).create()),
        (Ascent) optimizer.create(),
        STEPS,
        false);
  }

  /**
   * In its own setting, but for shifts, which are meant for larger images than 8 x 8, and for the
   * first image: at the zero image every unit of this network is off.
   */
  private static Object small(Entry<?> entry) {
    Object plain = entry.create();
    if (plain instanceof Pixels) {
      return new Pixels(ConstantImage.GREY, 0, false);
    }
    if (plain instanceof Jitter) {
      return new Jitter(1);
    }
    return plain instanceof GreyMargin ? new GreyMargin(1) : plain;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void raisesTheObjective(
      Entry<?> parameterization, Entry<?> optimizer, String transformation, String regularizer) {
    FeatureVisualization way = way(parameterization, optimizer, transformation, regularizer);
    for (Objective objective :
        List.of(
            Objective.Logit.of(2),
            Evidence.of(1),
            new Objective.Channel("conv2", 1),
            new Objective.Neuron("relu2", 0, 1, 1),
            new Objective.LayerEnergy("relu2"),
            new Direction("conv2", List.of(1.0, 0.0, -1.0)))) {
      List<Visualization> made =
          way.of(objective, ImageBatch.of(network, 2), Run.of(new Rng(3), 0, 2));
      for (Visualization each : made) {
        double last = optimized(way, objective, each.image());
        double first = optimized(way, objective, first(way, made.indexOf(each)));
        if (way.optimizer() instanceof LbfgsAscent && !way.transformations().isEmpty()) {
          // One or two rounds, each under one draw, may find nothing that is better under others.
          assertThat(last).as("%s with %s", objective, way).isGreaterThanOrEqualTo(first);
        } else {
          assertThat(last).as("%s with %s", objective, way).isGreaterThan(first);
        }
        assertThat(each.image().min()).isGreaterThanOrEqualTo(0);
        assertThat(each.image().max()).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void manyRoundsOfLbfgsRaiseTheObjectiveUnderTransformations() {
    FeatureVisualization way =
        new FeatureVisualization(
            new Fourier(), List.of(new Jitter(1)), List.of(), new LbfgsAscent(10, 5), 60, false);
    for (Objective objective : List.of(Objective.Logit.of(2), new Objective.LayerEnergy("relu2"))) {
      Raster made =
          way.of(objective, ImageBatch.of(network, 1), Run.of(new Rng(3), 0, 1)).get(0).image();
      assertThat(optimized(way, objective, made))
          .isGreaterThan(1.5 * optimized(way, objective, first(way, 0)));
    }
  }

  /** What is climbed: the objective under the transformations, less the penalties. */
  private double optimized(FeatureVisualization way, Objective objective, Raster image) {
    try (Scope scope = Scope.open()) {
      Tensor one = Batches.of(List.of(image));
      List<SplittableRandom> randoms = new ArrayList<>();
      for (int i = 0; i < DRAWS; i++) {
        randoms.add(new Rng(11).split(i).generator());
      }
      Tensor moved =
          Transformations.apply(way.transformations(), one.repeat(DRAWS, 1, 1, 1), randoms);
      double sum = objective.values(network.forward(moved, BackwardRules.STANDARD)).mean().item();
      for (Regularizer each : way.regularizers()) {
        if (each instanceof Regularizer.Penalty penalty) {
          sum -= penalty.of(one, network).item();
        }
      }
      return sum;
    }
  }

  private Raster first(FeatureVisualization way, int image) {
    try (Scope scope = Scope.open()) {
      ImageBatch batch = ImageBatch.of(network, 1);
      Parameterization made = way.parameterization();
      return Batches.rasters(
              made.images(batch).apply(made.start(batch, Run.of(new Rng(3), image, 1))))
          .get(0);
    }
  }

  private static boolean fits(Entry<?> parameterization, String regularizer) {
    boolean change =
        !regularizer.isEmpty()
            && Catalog.find(regularizer, Kind.REGULARIZER).create() instanceof Regularizer.Change;
    return !change || ((Parameterization) parameterization.create()).isPixels();
  }

  @Test
  void anImageIsTheSameAloneAndInABatch() {
    FeatureVisualization way = FeatureVisualization.ofSteps(5);
    Objective objective = Objective.Logit.of(1);
    List<Visualization> both =
        way.of(objective, ImageBatch.of(network, 2), Run.of(new Rng(7), 0, 2));
    Visualization second =
        way.of(objective, ImageBatch.of(network, 1), Run.of(new Rng(7), 1, 1)).get(0);
    assertThat(both.get(1).after()).isCloseTo(second.after(), within());
    assertThat(both.get(0).image()).isNotEqualTo(both.get(1).image());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-4);
  }

  @Test
  void evidenceIsTheLogitPlusTheLogarithmOfTheProbability() {
    try (Scope scope = Scope.open()) {
      Tensor images = Tensor.of(new Rng(5).uniform(2 * 64, 0, 1), 2, 1, 8, 8);
      double[] logits = network.logits(images).toDoubles();
      double[] values =
          Evidence.of(2).values(network.forward(images, BackwardRules.STANDARD)).toDoubles();
      for (int i = 0; i < 2; i++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) {
          sum += Math.exp(logits[i * 4 + k]);
        }
        double own = logits[i * 4 + 2];
        assertThat(values[i]).isCloseTo(own + own - Math.log(sum), within());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameImage() {
    FeatureVisualization way = FeatureVisualization.ofSteps(4);
    ImageBatch batch = ImageBatch.of(network, 1);
    List<Visualization> once = way.of(Objective.Logit.of(1), batch, Run.of(new Rng(7), 0, 1));
    List<Visualization> again = way.of(Objective.Logit.of(1), batch, Run.of(new Rng(7), 0, 1));
    assertThat(once).isEqualTo(again);
    assertThat(way.of(Objective.Logit.of(1), batch, Run.of(new Rng(8), 0, 1))).isNotEqualTo(once);
  }

  @Test
  void stopsWhenCancelled() {
    Run run = Run.of(1);
    List<Long> steps = new ArrayList<>();
    Run watched =
        run.with(
            (done, total, what) -> {
              steps.add(done);
              if (done == 3) {
                run.cancel();
              }
            });
    assertThatThrownBy(
            () ->
                FeatureVisualization.ofSteps(50)
                    .of(Objective.Logit.of(0), ImageBatch.of(network, 1), watched))
        .isInstanceOf(CancellationException.class);
    assertThat(steps).containsExactly(1L, 2L, 3L);
  }

  @Test
  void refusesChangesOfPixelsWithoutPixels() {
    assertThatThrownBy(
            () ->
                new FeatureVisualization(
                    new Fourier(), List.of(), List.of(new Decay()), new AdamAscent(), 1, false))
        .hasMessageContaining("needs the parameterisation pixels");
  }

  @Test
  void diverseImagesDifferMoreThanOthers() {
    FeatureVisualization way =
        new FeatureVisualization(
            new Fourier(1, 1, true), List.of(), List.of(), new AdamAscent(), 30, false);
    ImageBatch batch = ImageBatch.of(network, 3);
    Objective channel = new Objective.Channel("relu2", 1);
    Objective diversity = new Diversity("relu1");
    double plain = diversity(way.of(channel, batch, Run.of(3)));
    double diverse = diversity(way.of(channel.plus(diversity.times(10)), batch, Run.of(3)));
    assertThat(diverse).isGreaterThan(plain + 0.01);
  }

  private double diversity(List<Visualization> made) {
    try (Scope scope = Scope.open()) {
      Tensor images = Batches.of(made.stream().map(Visualization::image).toList());
      return new Diversity("relu1")
          .values(network.forward(images, BackwardRules.STANDARD))
          .mean()
          .item();
    }
  }
}
