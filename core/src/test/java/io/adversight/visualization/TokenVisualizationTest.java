package io.adversight.visualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.Labels;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Layer;
import io.adversight.graph.onnx.ExportedNetworks;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.image.Raster;
import io.adversight.model.Activations;
import io.adversight.model.AxisOrder;
import io.adversight.model.Batches;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.Objective;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.layer.ActivationSheet;
import io.adversight.visualization.layer.Representation;
import io.adversight.visualization.objective.LayerAddress;
import io.adversight.visualization.objective.ObjectiveText;
import io.adversight.visualization.parameterization.Fourier;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.patch.PatchIndex;
import io.adversight.visualization.patch.PatchScan;
import io.adversight.visualization.patch.Patches;
import io.adversight.visualization.patch.TopActivation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Visualizations of networks whose maps lie in tokens, in windows or with channels last. */
class TokenVisualizationTest {
  private static final int SIDE = 16;
  private static final Map<String, GraphClassifier> NETWORKS = new ConcurrentHashMap<>();

  private static GraphClassifier network(String family) {
    return NETWORKS.computeIfAbsent(family, TokenVisualizationTest::open);
  }

  private static GraphClassifier open(String family) {
    byte[] file =
        ExportedNetworks.all().stream()
            .filter(each -> each.family().equals(family) && each.form().equals("opset 17"))
            .findFirst()
            .orElseThrow()
            .file();
    ImportedModel model = OnnxImporter.read(file, family);
    Preprocessing plain = Preprocessing.none(ChannelOrder.RGB);
    boolean last = model.inputShape().get(3) == 3;
    ModelCard card =
        ModelCard.of(
            family.toLowerCase(Locale.ROOT),
            family + ".onnx",
            new Input(3, SIDE, SIDE),
            new Preprocessing(
                plain.channels(),
                plain.range(),
                plain.mean(),
                plain.std(),
                last ? AxisOrder.NHWC : AxisOrder.NCHW),
            InputResize.stretch(),
            OutputKind.LOGITS,
            5,
            new LabelSource.Numbers());
    return new GraphClassifier(card, Labels.numbers(5), model.graph());
  }

  private static Tensor images(int count) {
    return Tensor.of(new Rng(5).uniform(count * 3 * SIDE * SIDE, 0, 1), count, 3, SIDE, SIDE);
  }

  /** The mean of a channel of a layer (N, T, C) with other tokens in front, or (N, H, W, C). */
  private static double mean(Layer layer, Tensor raw, int image, int channel) {
    Shape maps = layer.mapShape();
    int places = (int) (maps.size(2) * maps.size(3));
    int channels = (int) maps.size(1);
    float[] values = raw.select(0, image).toFloats();
    double sum = 0;
    for (int i = 0; i < places; i++) {
      sum += values[values.length - (places - i) * channels + channel];
    }
    return sum / places;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ViT", "DINOv2", "Swin", "Mixer", "ConvNeXt"})
  void aChannelIsAFeatureAtAllPlaces(String family) {
    GraphClassifier network = network(family);
    List<Layer> last =
        network.layers().stream()
            .filter(each -> each.hasMaps() && !each.isSpatial())
            .filter(each -> each.shape().size(-1) == each.mapShape().size(1))
            .filter(each -> each.shape().size(0) == 1 && each.shape().rank() < 5)
            .toList();
    assertThat(last).isNotEmpty();
    try (Scope scope = Scope.open()) {
      Activations pass = network.forward(images(2), BackwardRules.STANDARD);
      for (Layer layer : last) {
        String name = layer.name();
        int channel = (int) layer.mapShape().size(1) - 1;
        Objective objective = ObjectiveText.read("channel:%s:%s".formatted(name, channel), network);
        double[] values = objective.values(pass).toDoubles();
        for (int i = 0; i < 2; i++) {
          assertThat(values[i])
              .as(name)
              .isCloseTo(mean(layer, pass.layer(name), i, channel), within(1e-5));
        }
      }
    }
  }

  /** The channel that differs most between two images: others may be off for all. */
  private static int liveliest(GraphClassifier network, String layer) {
    try (Scope scope = Scope.open()) {
      Tensor maps = network.forward(images(2), BackwardRules.STANDARD).maps(layer).mean(2, 3);
      float[] difference = maps.select(0, 0).sub(maps.select(0, 1)).abs().toFloats();
      int best = 0;
      for (int i = 1; i < difference.length; i++) {
        best = difference[i] > difference[best] ? i : best;
      }
      return best;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ViT", "DINOv2", "Swin", "SwinV2", "Mixer", "ConvNeXt", "Keras"})
  void raisesEveryObjectiveOfItsDefaultLayer(String family) {
    GraphClassifier network = network(family);
    String layer = network.defaultLayer().orElseThrow();
    int channel = liveliest(network, layer);
    FeatureVisualization way =
        new FeatureVisualization(new Fourier(), List.of(), List.of(), new AdamAscent(), 12, false);
    for (String text :
        List.of(
            "class:2",
            "channel:%s:%s",
            "neuron:%s:%s",
            "neuron:%s:%s:0:1",
            "layer:%s",
            "direction:%s:%s=-1",
            "diversity:%s")) {
      Objective objective = ObjectiveText.read(text.formatted(layer, channel), network);
      for (Visualization made :
          way.of(objective, ImageBatch.of(network, 2), Run.of(new Rng(3), 0, 2))) {
        assertThat(made.after()).as(text).isGreaterThan(made.before());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ViT", "DINOv2", "Swin", "Mixer", "ConvNeXt", "Keras"})
  void aCodeIsTheMapsOfItsChannels(String family) {
    GraphClassifier network = network(family);
    String name = network.defaultLayer().orElseThrow();
    Shape maps = network.layer(name).mapShape();
    List<Raster> images = Batches.rasters(images(2));
    Representation code = Representation.of(network, name, images.get(0));
    assertThat(List.of(code.values().channels(), code.values().height(), code.values().width()))
        .containsExactly((int) maps.size(1), (int) maps.size(2), (int) maps.size(3));
    try (Scope scope = Scope.open()) {
      Activations pass = network.forward(images(2), BackwardRules.STANDARD);
      double[] nearness = code.nearness().values(pass).toDoubles();
      assertThat(nearness[0]).isCloseTo(0, within(1e-9));
      assertThat(nearness[1]).isLessThan(-0.001);
      double[] likeness = code.likeness(4).values(pass).toDoubles();
      assertThat(likeness[0]).isGreaterThan(likeness[1]);
      assertThat(code.guide().values(pass).toDoubles()[0]).isFinite();
    }
    Raster sheet = ActivationSheet.of(network, name, images.get(0));
    assertThat(sheet.height()).isGreaterThan(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ViT", "Swin", "Mixer", "ConvNeXt", "Keras"})
  void findsThePatchesThatExciteAChannelMost(String family, @TempDir Path folder) {
    GraphClassifier network = network(family);
    String name = network.defaultLayer().orElseThrow();
    LayerAddress place = LayerAddress.of(name + ":1", network, 1, 1);
    try (Scope scope = Scope.open();
        PatchScan scan = new PatchScan(network, List.of(name), 3)) {
      Tensor pixels = images(4);
      scan.add(pixels);
      PatchIndex.write(scan, network, List.of("a", "b", "c", "d"), folder.resolve("index"));
      List<TopActivation> top = PatchIndex.read(folder.resolve("index")).top(place, 3);
      Tensor maps = network.forward(pixels, BackwardRules.STANDARD).maps(name);
      for (TopActivation at : top) {
        Tensor map = maps.select(0, at.image()).select(0, 1);
        assertThat(at.value()).isCloseTo(map.reshape(-1).max(0).item(), within(1e-6));
        double there =
            map.reshape(map.size(-2), map.size(-1))
                .select(0, at.row())
                .reshape(-1)
                .toFloats()[at.column()];
        assertThat(at.value()).isCloseTo(there, within(1e-6));
      }
      List<Raster> images = Batches.rasters(pixels);
      Patches patches =
          Patches.of(
              network, place, top, top.stream().map(at -> images.get(at.image())).toList(), 16);
      assertThat(patches.patches()).hasSize(3);
      assertThat(patches.guided().get(0).max()).isGreaterThan(0.5f);
    }
  }
}
