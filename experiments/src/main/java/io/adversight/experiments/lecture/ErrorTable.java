package io.adversight.experiments.lecture;

import io.adversight.experiments.Bench;
import io.adversight.plot.MatrixPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Error rates of networks (columns) on images that were made in several ways (rows).
 *
 * @param size of the changes, in words that numbers begin with, such as {@code error at 0.1}
 * @param networks of the columns
 * @param rows in order
 */
record ErrorTable(String size, List<String> networks, List<Row> rows) {
  /**
   * Images made in one way.
   *
   * @param made how, in words: {@code made on M1D1}
   * @param rates an error rate per network
   */
  record Row(String made, List<Double> rates) {
    Row {
      rates = List.copyOf(rates);
    }

    /** From the {@linkplain Digits#counts counts} of batches. */
    static Row of(String made, List<JsonNode> batches, List<String> networks) {
      double images = batches.stream().mapToInt(batch -> batch.path("images").asInt()).sum();
      return new Row(
          made,
          networks.stream()
              .map(name -> batches.stream().mapToInt(b -> b.path(name).asInt()).sum() / images)
              .toList());
    }
  }

  ErrorTable {
    networks = List.copyOf(networks);
    rows = List.copyOf(rows);
  }

  /** Notes {@code SIZE, MADE, seen by NETWORK}, and adds the table and its plot. */
  void report(Bench bench, String title) {
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows) {
      List<String> line = new ArrayList<>(List.of(row.made()));
      IntStream.range(0, networks.size())
          .forEach(
              c -> {
                double rate = row.rates().get(c);
                bench.number(
                    "%s, %s, seen by %s".formatted(size, row.made(), networks.get(c)), rate);
                line.add(String.format(Locale.ROOT, "%.1f %%", 100 * rate));
              });
      lines.add(line);
    }
    List<String> header = new ArrayList<>(List.of("images"));
    header.addAll(networks);
    String file = size.replaceAll("[^A-Za-z0-9.]+", "-");
    bench.table(file, title, header, lines);
    bench.plot(
        file,
        new MatrixPlot(
            title + ", per cent",
            "images",
            rows.stream().map(Row::made).toList(),
            "seen by",
            networks,
            rows.stream().map(Row::rates).toList()));
  }
}
