package io.adversight.experiments.advis;

import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Sample;
import io.adversight.graph.Layer;
import io.adversight.image.ColorMap;
import io.adversight.image.Overlay;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.text.Json;
import io.adversight.visualization.Dream;
import io.adversight.visualization.FeatureVisualization;
import io.adversight.visualization.objective.Evidence;
import io.adversight.visualization.parameterization.ImageBatch;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The first study's comparison of CAM with feature visualization: for each network the CAM of the
 * panda, a dream of it, and the optimized image of its class.
 */
public final class AdvisVisualization implements Experiment {
  private static final int TILE = 150;
  private static final int GRID = 32;
  private static final double OPACITY = 0.6;
  private static final double DEPTH = 0.6;

  @Override
  public String name() {
    return "advis-visualization";
  }

  @Override
  public void measure(Bench bench) {
    DataSet photos = Photos.of(bench);
    List<String> names = bench.names("models");
    List<List<Raster>> maps = new ArrayList<>();
    for (String name : names) {
      GraphClassifier network = bench.network(name);
      List<JsonNode> rows =
          bench.each(name, photos.size(), i -> cam(Photo.of(network, photos, i, bench.rng())));
      maps.add(rows.stream().map(AdvisVisualization::map).toList());
    }
    Spearman spearman = new Spearman();
    List<Double> same = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    for (int a = 0; a < names.size(); a++) {
      for (int b = a + 1; b < names.size(); b++) {
        for (int i = 0; i < photos.size(); i++) {
          int other = (i + 1) % photos.size();
          same.add(spearman.similarity(maps.get(a).get(i), maps.get(b).get(i)));
          others.add(spearman.similarity(maps.get(a).get(i), maps.get(b).get(other)));
        }
      }
    }
    bench.number("Spearman of two networks' CAMs, same photo", Sample.of(same).mean());
    bench.number("Spearman of two networks' CAMs, other photo", Sample.of(others).mean());
    bench.number("photos", photos.size());
    bench.image(
        "networks",
        "The photo, its CAM, a dream of it, and the optimized image of its class",
        () -> sheet(bench, photos, names));
  }

  private static ArrayNode cam(Photo photo) {
    ArrayNode values = Json.MAPPER.createArrayNode();
    Raster cam = photo.cams(List.of(photo.view())).get(0);
    for (float value : RasterResize.stretch(cam, GRID, GRID).toArray()) {
      values.add(value);
    }
    return values;
  }

  private static Raster map(JsonNode values) {
    return Raster.generate(1, GRID, GRID, (c, y, x) -> Json.number(values.path(y * GRID + x)));
  }

  private static Raster sheet(Bench bench, DataSet photos, List<String> names) {
    ImageTable table = new ImageTable(List.of("photo", "CAM", "DeepDream", "class"), TILE);
    for (String name : names) {
      GraphClassifier network = bench.network(name);
      Photo photo = Photo.of(network, photos, 0, bench.rng());
      Raster cam = photo.cams(List.of(photo.view())).get(0);
      Run run = Run.of(bench.rng(), 0, 1);
      Raster dream =
          new Dream().of(photo.view(), network, new Objective.LayerEnergy(inner(network)), run);
      Raster made =
          FeatureVisualization.ofSteps(bench.count("steps"))
              .of(Evidence.of(photo.predicted()), ImageBatch.of(network, 1), run)
              .get(0)
              .image();
      table.row(
          name,
          List.of(
              photo.view(),
              Overlay.blend(photo.view().toRgb(), ColorMap.INFERNO.apply(cam, 0, 1), OPACITY),
              dream,
              made));
    }
    return table.sheet();
  }

  private static String inner(GraphClassifier network) {
    List<String> spatial =
        network.layers().stream().filter(Layer::isSpatial).map(Layer::name).toList();
    return spatial.get((int) (DEPTH * (spatial.size() - 1)));
  }
}
