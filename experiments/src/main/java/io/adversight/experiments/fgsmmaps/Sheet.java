package io.adversight.experiments.fgsmmaps;

import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Trend;
import io.adversight.image.ColorScale;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Figures 1 and 3 of the second study: an image and its maps, clean and under attack. */
final class Sheet {
  private static final int TILE = 128;

  private Sheet() {}

  /**
   * The first image of the class that the setting {@code shownClass} names, or the first of all.
   */
  static Raster of(Bench bench, Comparison comparison, DataSet images) {
    try (Scope scope = Scope.open()) {
      Classifier network = bench.network();
      String wanted = bench.settings().path("shownClass").asString("");
      NetworkView view = NetworkView.of(images, network);
      int shown =
          IntStream.range(0, view.size())
              .filter(
                  i -> view.label(i) >= 0 && network.labels().name(view.label(i)).equals(wanted))
              .findFirst()
              .orElse(0);
      Tensor clean = Batches.of(List.of(view.image(shown)));
      Run run = Run.of(bench.rng(), clean);
      int predicted = top(network, clean);
      int label = view.label(shown) < 0 ? predicted : view.label(shown);
      List<Tensor> all = new ArrayList<>(List.of(clean));
      List<String> headings =
          new ArrayList<>(List.of("clean: " + network.labels().name(predicted)));
      for (double epsilon : bench.values("epsilons")) {
        Tensor changed =
            Attacks.changed(
                new Fgsm(),
                Problem.of(network, clean, List.of(label)),
                Norm.LINF,
                epsilon,
                run.restarted());
        all.add(changed);
        headings.add(
            "%s: %s"
                .formatted(
                    Trend.place(Math.rint(2000 * epsilon) / 1000),
                    network.labels().name(top(network, changed))));
      }
      ImageTable table = new ImageTable(headings, TILE);
      table.row("image", all.stream().map(one -> Batches.rasters(one).get(0)).toList());
      List<List<Raster>> maps =
          all.stream()
              .map(
                  one ->
                      comparison.maps(network, one, List.of(top(network, one)), run).stream()
                          .map(of -> of.get(0))
                          .toList())
              .toList();
      for (int m = 0; m < comparison.methods().size(); m++) {
        int method = m;
        Stream<Raster> row = maps.stream().map(of -> of.get(method));
        table.row(
            comparison.methods().get(m).name(),
            row.map(map -> ColorScale.of(map).apply(map)).toList());
      }
      return table.sheet();
    }
  }

  private static int top(Classifier network, Tensor pixels) {
    return network.predict(pixels).stream().map(Prediction::top).findFirst().orElseThrow();
  }
}
