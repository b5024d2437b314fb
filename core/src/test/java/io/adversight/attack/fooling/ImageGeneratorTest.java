package io.adversight.attack.fooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images from nothing, for a linear classifier of 6 x 6 images and the formula network. */
class ImageGeneratorTest {
  private static final Classifier NETWORK = SmallNetworks.randomLinear(6, 3, 11);
  private static final List<Integer> ALL = List.of(0, 1, 2);

  private static List<FoolingImage> generate(ImageGenerator generator, List<Integer> classes) {
    return generator.generate(NETWORK, classes, Run.of(new Rng(6), 0, 1));
  }

  @ParameterizedTest
  @EnumSource
  void ascentMakesTheNetworkSure(FoolingAscent.Start start) {
    for (FoolingImage one : generate(new FoolingAscent(start, 100, 0.2, 0.95), ALL)) {
      assertThat(one.confidence()).isGreaterThanOrEqualTo(0.95);
      assertThat(one.prediction().top()).isEqualTo(one.target());
      assertThat(one.image().min()).isGreaterThanOrEqualTo(0);
      assertThat(one.image().max()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theReportedPredictionIsThatOfTheImage() {
    for (FoolingImage one : generate(new FoolingAscent(), ALL)) {
      try (Scope scope = Scope.open()) {
        Prediction again = Prediction.of(NETWORK.logits(Batches.of(List.of(one.image())))).get(0);
        assertThat(again.probability(one.target())).isCloseTo(one.confidence(), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void elitesNeverGetWorseWithMoreGenerations(EvolvedImages.Encoding encoding) {
    double[] last = {0, 0, 0};
    for (int generations : new int[] {1, 4, 16, 40}) {
      EvolvedImages evolution =
          new EvolvedImages(encoding, EvolvedImages.Selection.MAP_ELITES, generations, 20);
      List<FoolingImage> made = generate(evolution, ALL);
      for (int i = 0; i < 3; i++) {
        assertThat(made.get(i).confidence()).isGreaterThanOrEqualTo(last[i]);
        last[i] = made.get(i).confidence();
      }
    }
    assertThat(DoubleStream.of(last).min().orElseThrow()).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @EnumSource
  void eitherSelectionBreedsTheSameImagesAgain(EvolvedImages.Selection selection) {
    EvolvedImages evolution = new EvolvedImages(EvolvedImages.Encoding.CPPN, selection, 10, 12);
    assertThat(generate(evolution, ALL)).isEqualTo(generate(evolution, ALL));
  }

  @Test
  void theLineageGoesFromOldToYoungAndKeepsItsFirstImages() {
    EvolvedImages evolution =
        new EvolvedImages(EvolvedImages.Encoding.CPPN, EvolvedImages.Selection.MAP_ELITES, 30, 20);
    List<FoolingImage> made = generate(evolution, ALL);
    assertThat(made).anyMatch(one -> one.lineage().size() >= 3);
    for (FoolingImage one : made) {
      List<FoolingImage.Ancestor> line = one.lineage();
      assertThat(line)
          .extracting(FoolingImage.Ancestor::generation)
          .isSorted()
          .doesNotHaveDuplicates();
      for (int depth = 1; depth <= line.size(); depth++) {
        boolean powerOfTwo = (depth & (depth - 1)) == 0;
        assertThat(line.get(depth - 1).image().isPresent()).isEqualTo(powerOfTwo);
      }
    }
  }

  @Test
  void noiseHasTheMeanAndDeviationAskedFor() {
    Classifier large = SmallNetworks.randomLinear(40, 2, 3);
    List<FoolingImage> made =
        new GaussianNoiseImages(0.5, 0.1).generate(large, List.of(0, 1, 0, 1), Run.of(1));
    double sum = 0;
    double square = 0;
    int count = 0;
    for (FoolingImage one : made) {
      for (float value : one.image().toArray()) {
        sum += value;
        square += (double) value * value;
        count++;
      }
    }
    assertThat(sum / count).isCloseTo(0.5, within(0.006));
    assertThat(Math.sqrt(square / count - sum * sum / count / count)).isCloseTo(0.1, within(0.006));
    assertThat(made.get(0).image()).isNotEqualTo(made.get(1).image());
  }

  @Test
  void polynomialMutationIsSymmetricAndMostlySmall() {
    assertThat(PixelGenome.polynomial(0.5)).isZero();
    for (double u : new double[] {0.01, 0.1, 0.3}) {
      assertThat(PixelGenome.polynomial(u))
          .isCloseTo(-PixelGenome.polynomial(1 - u), within(1e-12));
    }
    assertThat(PixelGenome.polynomial(0)).isEqualTo(-1);
    assertThat(PixelGenome.polynomial(0.25)).isCloseTo(Math.pow(0.5, 1.0 / 16) - 1, within(1e-12));
  }

  @Test
  void hueSaturationAndBrightnessBecomeRedGreenAndBlue() {
    assertThat(Cppn.rgb(0, 1, 1)).containsExactly(new double[] {1, 0, 0}, within(1e-12));
    assertThat(Cppn.rgb(1.0 / 3, 1, 1)).containsExactly(new double[] {0, 1, 0}, within(1e-12));
    assertThat(Cppn.rgb(2.0 / 3, 1, 0.5)).containsExactly(new double[] {0, 0, 0.5}, within(1e-12));
    assertThat(Cppn.rgb(1.0 / 6, 0.5, 1)).containsExactly(new double[] {1, 1, 0.5}, within(1e-12));
    assertThat(Cppn.rgb(0.3, 0, 0.7)).containsExactly(new double[] {0.7, 0.7, 0.7}, within(1e-12));
  }

  @Test
  void aPatternNetworkPaintsWhatItsFormulaSays() {
    Cppn wave =
        new Cppn(
            List.of(
                new Cppn.Unit(Cppn.Function.LINEAR, 0),
                new Cppn.Unit(Cppn.Function.LINEAR, 0),
                new Cppn.Unit(Cppn.Function.LINEAR, 0),
                new Cppn.Unit(Cppn.Function.LINEAR, 0),
                new Cppn.Unit(Cppn.Function.SINE, 1),
                new Cppn.Unit(Cppn.Function.GAUSSIAN, 0.5)),
            List.of(new Cppn.Link(1, 5, 2), new Cppn.Link(5, 4, 1.5), new Cppn.Link(0, 4, 0.7)));
    Raster image = wave.image(1, 5, 3);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 3; x++) {
        double dy = y / 2.0 - 1;
        double dx = x - 1.0;
        double level = Math.sin(1.5 * Math.exp(-2 * dy * dy) + 0.7 * dx);
        assertThat((double) image.at(0, y, x)).isCloseTo((level + 1) / 2, within(1e-6));
      }
    }
  }

  @Test
  void mutationNeverMakesACycle() {
    SplittableRandom random = new SplittableRandom(4);
    Genome genome = Cppn.random(3, random);
    for (int i = 0; i < 200; i++) {
      genome = genome.mutate(i, random);
    }
    Cppn grown = (Cppn) genome;
    assertThat(grown.nodes().size()).isGreaterThan(10);
    assertThat(grown.links())
        .allMatch(
            link -> grown.nodes().get(link.from()).depth() < grown.nodes().get(link.to()).depth());
  }
}
