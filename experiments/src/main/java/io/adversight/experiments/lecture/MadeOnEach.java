package io.adversight.experiments.lecture;

import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.ImageTable;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Digits that are changed on each of some networks and shown to all of them.
 *
 * @param images of the networks' size
 * @param networks by name
 * @param attack makes the changed images, (N, C, H, W), of some digits on a network
 */
record MadeOnEach(
    DataSet images,
    Map<String, GraphClassifier> networks,
    BiFunction<Digits, GraphClassifier, Tensor> attack) {
  private static final int BATCH = 100;
  private static final int SHOWN = 6;
  private static final int TILE = 112;

  /**
   * How often each network is wrong about the images that were made on each.
   *
   * @param stage the name under which finished batches are kept
   * @param words what the table's numbers are called
   */
  ErrorTable errors(Bench bench, String stage, String words) {
    List<String> names = List.copyOf(networks.keySet());
    List<ErrorTable.Row> rows = new ArrayList<>();
    networks.forEach(
        (maker, network) -> {
          List<JsonNode> found =
              bench.each(
                  stage + "-" + maker,
                  Digits.batches(images, BATCH),
                  number -> batch(bench, number, network));
          rows.add(ErrorTable.Row.of("made on " + maker, found, names));
        });
    return new ErrorTable(words, names, rows);
  }

  private ObjectNode batch(Bench bench, int number, GraphClassifier maker) {
    bench.run().checkCancelled();
    Digits digits = Digits.batch(images, number, BATCH);
    try (Scope scope = Scope.open()) {
      return digits.counts(attack.apply(digits, maker), networks);
    }
  }

  /** The first images, clean and as they were made on each network. */
  Raster sheet() {
    Digits digits = Digits.of(images, 0, Math.min(SHOWN, images.size()));
    ImageTable table = new ImageTable(digits.headings(), TILE);
    table.row("clean", digits.images());
    networks.forEach(
        (name, network) -> {
          try (Scope scope = Scope.open()) {
            table.row("made on " + name, Digits.images(attack.apply(digits, network)));
          }
        });
    return table.sheet();
  }
}
