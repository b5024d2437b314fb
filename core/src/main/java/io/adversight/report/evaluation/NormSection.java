package io.adversight.report.evaluation;

import io.adversight.report.format.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The smallest changes that were found. */
final class NormSection {
  private final EvaluationView view;

  NormSection(EvaluationView view) {
    this.view = view;
  }

  List<Block> quantiles() {
    List<List<String>> rows = new ArrayList<>();
    for (double share : List.of(0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)) {
      rows.add(
          view.row(
              share == 0
                  ? "smallest"
                  : share == 1 ? "largest" : String.format(Locale.ROOT, "%.0f %%", 100 * share),
              n -> EvaluationView.size(quantile(n.worst().smallest(), share))));
    }
    return List.of(
        view.table("share of the images within", rows),
        new Block.Note(
            "The %s norm of the smallest change that any attack found, of the images classified"
                    .formatted(view.spec().norm())
                + " right. It is an upper bound of the distance to the nearest adversarial"
                + " image."));
  }

  /** The smallest value that a share of the values does not exceed. */
  private static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(share * (sorted.size() - 1))));
  }

  List<Block> images() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < view.images().size(); i++) {
      int image = i;
      rows.add(
          view.row(
              view.images().imageName(i),
              n -> {
                int place = n.worst().right().indexOf(image);
                return place < 0
                    ? "wrong without an attack"
                    : EvaluationView.size(n.worst().smallest().get(place));
              }));
    }
    return List.of(
        new Block.Details(
            "Smallest change found of each of the %s images of %s"
                .formatted(view.images().size(), view.images().name()),
            List.of(view.table("image", rows))));
  }
}
