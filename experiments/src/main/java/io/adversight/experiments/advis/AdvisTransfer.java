package io.adversight.experiments.advis;

import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.Fit;
import io.adversight.evaluation.robustness.Transfer;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Trend;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.model.NetworkView;
import io.adversight.plot.MatrixPlot;
import io.adversight.run.Run;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The first study's claim on transfer, over many photos and all networks: FGSM made on each
 * network, seen by all.
 */
public final class AdvisTransfer implements Experiment {
  private static final int BATCH = 10;

  @Override
  public String name() {
    return "advis-transfer";
  }

  @Override
  public void measure(Bench bench) {
    List<String> names = bench.names("models");
    List<Classifier> networks = names.stream().<Classifier>map(bench::network).toList();
    DataSet photos = bench.images();
    List<List<String>> table = new ArrayList<>();
    for (double level : bench.values("epsilons")) {
      Transfer transfer =
          new Transfer(
              networks,
              networks,
              List.of(Fit.DOWN_SIZE),
              new Fgsm(),
              Norm.LINF,
              List.of(level / 255));
      List<List<Double>> matrix = new ArrayList<>();
      double white = 0;
      double black = 0;
      for (int row = 0; row < names.size(); row++) {
        List<Proportion> cells = row(bench, transfer, row, photos, level);
        List<Double> rates = cells.stream().map(Proportion::value).toList();
        matrix.add(rates);
        for (int column = 0; column < names.size(); column++) {
          String cell =
              "fooled at %s, made on %s, seen by %s"
                  .formatted(Trend.place(level), names.get(row), names.get(column));
          bench.number(cell, rates.get(column));
          table.add(
              List.of(
                  names.get(row),
                  names.get(column),
                  Trend.place(level),
                  Long.toString(cells.get(column).successes()),
                  Long.toString(cells.get(column).trials()),
                  String.format(Locale.ROOT, "%.3f", rates.get(column))));
          white += row == column ? rates.get(column) / names.size() : 0;
          black += row == column ? 0 : rates.get(column) / (names.size() * (names.size() - 1.0));
        }
      }
      bench.number("fooled at %s, white-box mean".formatted(Trend.place(level)), white);
      bench.number("fooled at %s, black-box mean".formatted(Trend.place(level)), black);
      bench.plot(
          "transfer-" + Trend.place(level),
          new MatrixPlot(
              "Fooled by FGSM at %s/255, per cent".formatted(Trend.place(level)),
              "made on",
              names,
              "seen by",
              names,
              matrix));
    }
    bench.number("photos", photos.size());
    bench.table(
        "transfer",
        "Of the photos that a network classifies right, those that it no longer does",
        List.of("made on", "seen by", "epsilon", "fooled", "right before", "rate"),
        table);
  }

  private static List<Proportion> row(
      Bench bench, Transfer transfer, int row, DataSet photos, double level) {
    NetworkView view = NetworkView.of(photos, transfer.attacked().get(row));
    int columns = transfer.columns().size();
    List<Proportion> sums =
        new ArrayList<>(IntStream.range(0, columns).mapToObj(c -> new Proportion(0, 0)).toList());
    int batches = (photos.size() + BATCH - 1) / BATCH;
    List<JsonNode> parts =
        bench.each(
            "row-%s-at-%s".formatted(row, Trend.place(level)),
            batches,
            b -> cells(bench, transfer, row, view, b * BATCH));
    for (JsonNode part : parts) {
      for (int c = 0; c < columns; c++) {
        sums.set(
            c,
            sums.get(c)
                .plus(
                    new Proportion(
                        part.path(c).path("fooled").asLong(),
                        part.path(c).path("right").asLong())));
      }
    }
    return sums;
  }

  private static ArrayNode cells(
      Bench bench, Transfer transfer, int row, NetworkView view, int first) {
    int end = Math.min(view.size(), first + BATCH);
    Run run = Run.of(bench.rng(), IntStream.range(first, end).mapToObj(view::image).toList());
    ArrayNode cells = Json.MAPPER.createArrayNode();
    for (Transfer.Cell cell : transfer.row(row, view, first, end, bench.rng(), run)) {
      cells
          .addObject()
          .put("fooled", cell.fooled().successes())
          .put("right", cell.fooled().trials());
    }
    return cells;
  }
}
