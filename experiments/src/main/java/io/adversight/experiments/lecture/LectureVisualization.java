package io.adversight.experiments.lecture;

import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Sample;
import io.adversight.graph.Layer;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageGrid;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.text.Json;
import io.adversight.visualization.Dream;
import io.adversight.visualization.FeatureVisualization;
import io.adversight.visualization.layer.Weights;
import io.adversight.visualization.objective.Evidence;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.patch.Patches;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lecture's first half on one network: first-layer weights, the patches that excite a neuron
 * most with their deconvnet and guided projections, class models, and DeepDream.
 */
public final class LectureVisualization implements Experiment {
  private static final int TOP = 9;
  private static final int TILE = 96;
  private static final int PATCH = 80;
  private static final int FILTER_SCALE = 10;
  private static final int WEIGHT_COLUMNS = 16;

  @Override
  public String name() {
    return "lecture-visualization";
  }

  @Override
  public void measure(Bench bench) {
    GraphClassifier network = bench.network();
    DataSet images = NetworkView.of(bench.images(), network);
    List<Layer> layers = layers(bench, network);
    JsonNode found = bench.stage("patches", () -> purities(bench, network, images, layers));
    List<List<String>> table = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      JsonNode one = found.path(l);
      bench.number("purity of the patches, depth " + (l + 1), Json.number(one.path("purity")));
      table.add(
          List.of(
              layers.get(l).name(),
              one.path("channels").asString(),
              String.format(Locale.ROOT, "%.2f", Json.number(one.path("purity")))));
    }
    bench.table(
        "purity",
        "Largest share of one class among the nine images that excite a channel most",
        List.of("layer", "channels", "mean share"),
        table);
    JsonNode models = bench.stage("class-models", () -> classModels(bench, network));
    Sample confidence =
        Sample.of(models.valueStream().map(one -> Json.number(one.path("confidence"))).toList());
    bench.number("class models: median confidence", confidence.median());
    bench.number("images", images.size());
    bench.image(
        "weights",
        "The filters of the first layer",
        () ->
            ImageGrid.of(
                Weights.filters(network, "").stream()
                    .map(filter -> Weights.shown(filter, FILTER_SCALE))
                    .toList(),
                WEIGHT_COLUMNS,
                2));
    bench.image(
        "patches",
        "The nine patches that excite a channel most, with deconvnet and guided projections",
        () -> patches(bench, network, images, layers));
    bench.image(
        "classes",
        "Class models: images that maximize the score of a class",
        () -> classSheet(network, models));
    bench.image(
        "dreams",
        "DeepDream of one image: the energy of ever higher layers is increased",
        () -> dreams(bench, network, images, layers));
  }

  /** Spatial layers at the depths of the settings, from 0 for the first to 1 for the last. */
  private static List<Layer> layers(Bench bench, GraphClassifier network) {
    List<Layer> spatial = network.layers().stream().filter(Layer::isSpatial).toList();
    return bench.values("depths").stream()
        .map(depth -> spatial.get((int) Math.round(depth * (spatial.size() - 1))))
        .toList();
  }

  private static ExcitingPatches scan(
      Bench bench, GraphClassifier network, DataSet images, List<Layer> layers) {
    return ExcitingPatches.of(
        network, images, layers.stream().map(Layer::name).toList(), TOP, bench.run());
  }

  private static ArrayNode purities(
      Bench bench, GraphClassifier network, DataSet images, List<Layer> layers) {
    ExcitingPatches exciting = scan(bench, network, images, layers);
    ArrayNode found = Json.MAPPER.createArrayNode();
    for (Layer layer : layers) {
      List<Integer> alive = exciting.alive(layer, (int) layer.shape().size(1));
      ObjectNode one = found.addObject();
      one.put("channels", Integer.toString(alive.size()));
      one.put(
          "purity",
          alive.stream().mapToDouble(c -> exciting.purity(layer, c, TOP)).average().orElse(0));
    }
    return found;
  }

  private static ArrayNode classModels(Bench bench, GraphClassifier network) {
    ArrayNode found = Json.MAPPER.createArrayNode();
    int classes = network.card().classes();
    int count = Math.min(classes, bench.count("classes"));
    for (int i = 0; i < count; i++) {
      bench.run().checkCancelled();
      int wanted = i * classes / count;
      Raster made =
          FeatureVisualization.ofSteps(bench.count("steps"))
              .of(Evidence.of(wanted), ImageBatch.of(network, 1), Run.of(bench.rng(), i, 1))
              .get(0)
              .image();
      try (Scope scope = Scope.open()) {
        found
            .addObject()
            .put("class", wanted)
            .put(
                "confidence", network.predict(Batches.of(List.of(made))).get(0).probability(wanted))
            .put("png", Base64.getEncoder().encodeToString(ImageFiles.png(made)));
      }
    }
    return found;
  }

  private static Raster classSheet(GraphClassifier network, JsonNode models) {
    List<Raster> images =
        models
            .valueStream()
            .map(one -> Base64.getDecoder().decode(Json.text(one, "png")))
            .map(png -> ImageFiles.read(png, "class model", ImageFiles.DEFAULT_MAX_PIXELS))
            .toList();
    List<String> names =
        models.valueStream().map(one -> network.labels().name(one.path("class").asInt())).toList();
    return new ImageTable(names, TILE).row("class model", images).sheet();
  }

  private static Raster patches(
      Bench bench, GraphClassifier network, DataSet images, List<Layer> layers) {
    ExcitingPatches exciting = scan(bench, network, images, layers);
    ImageTable table =
        new ImageTable(IntStream.rangeClosed(1, TOP).mapToObj(Integer::toString).toList(), PATCH);
    for (Layer layer : layers) {
      for (int channel : exciting.alive(layer, bench.count("channels"))) {
        Patches patches = exciting.patches(layer, channel, TOP, PATCH);
        if (patches.patches().size() == TOP) {
          table.row("%s: %s".formatted(layer.name(), channel), patches.patches());
          table.row("deconvnet", patches.deconvnet());
          table.row("guided", patches.guided());
        }
      }
    }
    return table.sheet();
  }

  private static Raster dreams(
      Bench bench, GraphClassifier network, DataSet images, List<Layer> layers) {
    List<String> headings = new ArrayList<>(List.of("image"));
    List<Raster> row = new ArrayList<>(List.of(images.image(0)));
    for (Layer layer : layers) {
      headings.add(layer.name());
      row.add(
          new Dream()
              .of(
                  images.image(0),
                  network,
                  new Objective.LayerEnergy(layer.name()),
                  Run.of(bench.rng(), 0, 1)));
    }
    return new ImageTable(headings, 2 * TILE).row("DeepDream", row).sheet();
  }
}
