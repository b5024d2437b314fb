package io.adversight.experiments.grid;

import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.ImageTable;
import io.adversight.image.ColorScale;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An image before and after the attacks of a grid, with the maps of a network beneath. */
final class MapSheet {
  /** Rows and columns of an image on the sheet. */
  static final int TILE = 80;

  private MapSheet() {}

  /** A network's name as a part of a file's. */
  static String file(String network) {
    return network.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** The name of a network's sheet. */
  static String name(String network) {
    return "maps-" + file(network);
  }

  /** The sheet of the image whose number the setting {@code shown} gives. */
  static Raster of(
      Bench bench, String id, List<GridMap> maps, List<GridAttack> attacks, DataSet images) {
    GraphClassifier network = bench.network(id);
    int shown = Math.min(bench.count("shown"), images.size() - 1);
    NetworkView view = NetworkView.of(images, network);
    try (Scope scope = Scope.open()) {
      Tensor clean = view.batch(network, shown, shown + 1);
      Run run = Run.of(bench.rng(), clean);
      Problem problem = Problem.of(network, clean, view.labels(network, clean, shown));
      List<Tensor> all = new ArrayList<>(List.of(clean));
      List<String> headings = new ArrayList<>(List.of("clean"));
      for (GridAttack attack : attacks) {
        all.add(attack.change().of(problem, run));
        headings.add(attack.name());
      }
      ImageTable table = new ImageTable(headings, TILE);
      table.row("image", all.stream().map(MapSheet::only).toList());
      List<List<List<Raster>>> explained = new ArrayList<>();
      for (Tensor one : all) {
        List<Integer> top = network.predict(one).stream().map(Prediction::top).toList();
        explained.add(MapBatch.of(network, maps, one, top, run));
      }
      for (int m = 0; m < maps.size(); m++) {
        int map = m;
        table.row(
            maps.get(m).name(),
            explained.stream()
                .map(of -> of.get(map).get(0))
                .map(raster -> ColorScale.of(raster).apply(raster))
                .toList());
      }
      return table.sheet();
    }
  }

  private static Raster only(Tensor batch) {
    return Batches.rasters(batch).get(0);
  }
}
