package io.adversight.visualization.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.attribution.Networks;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Linear;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.AdamAscent;
import io.adversight.visualization.Dream;
import io.adversight.visualization.FeatureVisualization;
import io.adversight.visualization.Visualization;
import io.adversight.visualization.layer.Representation;
import io.adversight.visualization.layer.RepresentationDecoder;
import io.adversight.visualization.layer.Weights;
import io.adversight.visualization.objective.Direction;
import io.adversight.visualization.objective.Evidence;
import io.adversight.visualization.objective.LayerAddress;
import io.adversight.visualization.objective.ObjectiveText;
import io.adversight.visualization.parameterization.ConstantImage;
import io.adversight.visualization.parameterization.Fourier;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.parameterization.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patches, dreams, inversions, projections and weights on the formula network. */
class FromImagesTest {
  private final GraphClassifier network = Networks.formula();
  private final Raster image = Batches.rasters(Networks.formulaInput()).get(0);

  private static List<Raster> images(int count) {
    List<Raster> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] values = new Rng(i).uniform(64, 0, 1);
      made.add(Raster.of(1, 8, 8, values));
    }
    return made;
  }

  @Test
  void scanFindsWhatABruteForceSearchFinds() {
    List<Raster> set = images(11);
    try (Scope scope = Scope.open();
        PatchScan scan = new PatchScan(network, List.of("conv1", "relu2"), 3)) {
      for (int from = 0; from < set.size(); from += 4) {
        scan.add(Batches.of(set.subList(from, Math.min(set.size(), from + 4))));
      }
      Tensor all = network.trace(Batches.of(set)).activation("relu2");
      for (int channel = 0; channel < 3; channel++) {
        List<TopActivation> expected = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
          float[] map = all.select(0, i).select(0, channel).toFloats();
          int best = 0;
          for (int k = 1; k < map.length; k++) {
            best = map[k] > map[best] ? k : best;
          }
          expected.add(new TopActivation(i, map[best], best / 3, best % 3));
        }
        expected.sort((a, b) -> Double.compare(b.value(), a.value()));
        PatchScan.Found found = Objects.requireNonNull(scan.found().get("relu2"));
        float[] values = found.values().select(0, channel).toFloats();
        float[] numbers = found.images().select(0, channel).toFloats();
        float[] places = found.places().select(0, channel).toFloats();
        for (int k = 0; k < 3; k++) {
          assertThat((double) values[k]).isCloseTo(expected.get(k).value(), within(1e-6));
          assertThat((int) numbers[k]).isEqualTo(expected.get(k).image());
          assertThat((int) places[k])
              .isEqualTo(expected.get(k).row() * 3 + expected.get(k).column());
        }
      }
    }
  }

  @Test
  void anInterruptedScanGoesOnToTheSameIndex(@TempDir Path folder) {
    List<Raster> set = images(9);
    List<String> files = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i");
    List<String> layers = List.of("conv2");
    LayerAddress place = LayerAddress.of("conv2:1", network, 1, 1);
    try (Scope scope = Scope.open()) {
      try (PatchScan whole = new PatchScan(network, layers, 4)) {
        whole.add(Batches.of(set.subList(0, 5)));
        whole.add(Batches.of(set.subList(5, 9)));
        PatchIndex.write(whole, network, files, folder.resolve("whole"));
      }
      try (PatchScan first = new PatchScan(network, layers, 4)) {
        first.add(Batches.of(set.subList(0, 5)));
        PatchIndex.write(first, network, files, folder.resolve("part"));
      }
      PatchIndex part = PatchIndex.read(folder.resolve("part"));
      assertThat(part.done()).isEqualTo(5);
      try (PatchScan second = part.resume(network, layers, 4, files)) {
        second.add(Batches.of(set.subList(5, 9)));
        PatchIndex.write(second, network, files, folder.resolve("part"));
      }
      assertThat(PatchIndex.read(folder.resolve("part")).top(place, 9))
          .isEqualTo(PatchIndex.read(folder.resolve("whole")).top(place, 9))
          .hasSize(4);
      assertThatThrownBy(() -> part.resume(network, List.of("conv1"), 4, files))
          .hasMessageContaining("other images, layers");
    }
  }

  @Test
  void cutsAPatchWhereItsNeuronLooks() {
    LayerAddress place = LayerAddress.of("conv2:1", network, 1, 1);
    Patches made =
        Patches.of(network, place, List.of(new TopActivation(0, 1, 1, 2)), List.of(image), 6);
    Raster patch = made.patches().get(0);
    // rows 1 to 6 of columns 3 to 7; the field's last column lies outside
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 5; x++) {
        assertThat(patch.at(0, y, x)).isEqualTo(image.at(0, 1 + y, 3 + x));
      }
      assertThat(patch.at(0, y, 5)).isEqualTo(0.5f);
    }
  }

  @Test
  void projectsANeuronAsTheTraceDoes() {
    Objective neuron = new Objective.Neuron("relu2", 2, 2, 0);
    try (Scope scope = Scope.open()) {
      Trace trace = network.trace(Networks.formulaInput());
      float[] expected = trace.gradient(Trace.PIXELS, neuron, BackwardRules.GUIDED).toFloats();
      assertThat(NeuronProjection.GUIDED.of(neuron, network, List.of(image)).get(0).toArray())
          .containsExactly(expected);
    }
  }

  @Test
  void invertsACodeBackToAnImageWithNearlyThatCode() {
    Representation code = Representation.of(network, "relu1", image);
    FeatureVisualization way =
        new FeatureVisualization(
            new Pixels(ConstantImage.GREY, 0.01, true),
            List.of(),
            List.of(),
            new AdamAscent(0.02, 0.9, 0.999),
            400,
            false);
    Visualization made =
        way.of(code.nearness(), ImageBatch.of(network, 1), Run.of(new Rng(2), 0, 1)).get(0);
    assertThat(made.after()).isGreaterThan(-1e-2);
    assertThat(made.before()).isLessThan(-0.1);
    double error = 0;
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        error += Math.abs(made.image().at(0, y, x) - image.at(0, y, x)) / 64;
      }
    }
    assertThat(error).isLessThan(0.1);
  }

  @Test
  void decodesACodeByATrainedNetwork() {
    Graph twice =
        new Graph(
            "code",
            List.of(
                new Node(
                    "image",
                    new Linear.Conv(List.of(1L, 1L), List.of(0L, 0L, 0L, 0L), List.of(1L, 1L), 1),
                    List.of("code", "w"))),
            Map.of("w", Tensor.of(new float[] {2, 0}, 1, 2, 1, 1)),
            "image");
    Representation code = Representation.of(network, "relu1", image);
    Raster decoded = new RepresentationDecoder(twice).image(code);
    assertThat(decoded.at(0, 3, 4)).isEqualTo(Math.min(1, 2 * code.values().at(0, 3, 4)));
    assertThatThrownBy(
            () ->
                new RepresentationDecoder(twice).image(Representation.of(network, "relu2", image)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDreamRaisesWhatTheLayerSees() {
    Objective layer = new Objective.LayerEnergy("relu1");
    Raster large =
        Raster.generate(1, 48, 64, (c, y, x) -> 0.5 + 0.2 * Math.sin(y / 3.0) * Math.cos(x / 5.0));
    Raster dream = new Dream(2, 1.4, 5, 0.02, 2).of(large, network, layer, Run.of(1));
    assertThat(dream.height()).isEqualTo(48);
    assertThat(dream.width()).isEqualTo(64);
    assertThat(energy(layer, dream)).isGreaterThan(1.2 * energy(layer, large));
  }

  @Test
  void aGuidedDreamComesNearerToItsGuide() {
    Objective guide = Representation.of(network, "relu1", images(1).get(0)).guide();
    Raster dream = new Dream(1, 1.4, 10, 0.02, 0).of(image, network, guide, Run.of(1));
    assertThat(energy(guide, dream)).isGreaterThan(1.1 * energy(guide, image));
  }

  private double energy(Objective objective, Raster image) {
    try (Scope scope = Scope.open()) {
      return objective
          .values(
              network.forward(
                  Batches.of(List.of(image)), BackwardRules.STANDARD, objective.layers(), false))
          .item();
    }
  }

  @Test
  void aCaricatureResemblesItsImageMoreThanTheStart() {
    Objective likeness = Representation.of(network, "relu2", image).likeness(1);
    Visualization made =
        new FeatureVisualization(new Fourier(), List.of(), List.of(), new AdamAscent(), 60, false)
            .of(likeness, ImageBatch.of(network, 1), Run.of(1))
            .get(0);
    assertThat(made.after()).isGreaterThan(2 * Math.abs(made.before()));
  }

  @Test
  void readsFiltersAndRefusesOtherLayers() {
    List<Raster> filters = Weights.filters(network, "conv2");
    assertThat(filters).hasSize(3);
    assertThat(filters.get(0).channels()).isEqualTo(2);
    assertThat(filters.get(0).at(0, 0, 0)).isEqualTo((6 % 17 - 8) / 10f);
    assertThatThrownBy(() -> Weights.filters(network, "relu1"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining(
            "\"relu1\" is no convolution, and no dense layer that sees the pixels; those are"
                + " conv1, conv2");
  }

  @Test
  void aDenseLayerAtThePixelsHasFiltersOfTheImagesShape() {
    double[][] rows = SmallNetworks.weights(4, 3, 7);
    List<Raster> filters = Weights.filters(SmallNetworks.linear(4, 4, rows, 0, 0, 0), "");
    assertThat(filters).hasSize(3);
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 16; i++) {
        assertThat(filters.get(row).at(0, i / 4, i % 4)).isEqualTo((float) rows[row][i]);
      }
    }
  }

  @Test
  void readsObjectivesAndSaysTheRange() {
    assertThat(ObjectiveText.read("2*channel:conv2:1 - logit:3 + neuron:relu2:0:1:2", network))
        .isEqualTo(
            new Objective.Channel("conv2", 1)
                .times(2)
                .plus(Objective.Logit.of(3).negate())
                .plus(new Objective.Neuron("relu2", 0, 1, 2)));
    assertThat(ObjectiveText.read("class:2", network)).isEqualTo(Evidence.of(2));
    assertThat(ObjectiveText.read("direction:conv2:0=1,2=-0.5", network))
        .isEqualTo(new Direction("conv2", List.of(1.0, 0.0, -0.5)));
    assertThat(ObjectiveText.read("neuron:relu2:1", network))
        .isEqualTo(new Objective.Neuron("relu2", 1, 1, 1));
    assertThatThrownBy(() -> ObjectiveText.read("channel:conv2:3", network))
        .hasMessage("layer \"conv2\" has channels 0 to 2, but \"3\" was given");
    assertThatThrownBy(() -> ObjectiveText.read("neuron:relu2:0:3:0", network))
        .hasMessage("layer \"relu2\" has rows 0 to 2, but \"3\" was given");
    assertThatThrownBy(() -> ObjectiveText.read("channel:conv9:1", network))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("layer \"conv9\" does not exist; the layers are conv1");
    assertThatThrownBy(() -> ObjectiveText.read("colour:conv1", network))
        .hasMessageContaining("there is no objective");
  }
}
