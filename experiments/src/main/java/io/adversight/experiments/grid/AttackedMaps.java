package io.adversight.experiments.grid;

import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Cells;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Sample;
import io.adversight.model.GraphClassifier;
import io.adversight.plot.MatrixPlot;
import io.adversight.report.format.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Heat maps before and after attacks: how similar they stay, and where they move. All of it is in
 * the settings: {@code maps} (see {@link GridMap}), {@code attacks} (see {@link GridAttack}),
 * {@code images}, the {@code quantities} of a map that are noted (see {@link Quantity}), and
 * whether the class of the clean image is explained as well ({@code sameClass}).
 *
 * @param name of its folder
 */
public record AttackedMaps(String name) implements Experiment {
  private static final int BATCH = 10;

  /** Rows of a plot; a longer grid has the table of cells alone. */
  private static final int LARGEST_PLOT = 12;

  @Override
  public void measure(Bench bench) {
    DataSet images = bench.images();
    List<GridAttack> attacks = GridAttack.of(bench);
    List<List<String>> table = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    List<List<Double>> similar = new ArrayList<>();
    List<List<Double>> moved = new ArrayList<>();
    List<Cells.Row> cells = new ArrayList<>();
    bench.number("images", images.size());
    GridMap.byNetwork(bench)
        .forEach(
            (id, maps) -> {
              MapValues values = values(bench, id, maps, attacks, images);
              for (GridAttack attack : attacks) {
                bench.number(
                    "class changes of %s, %s".formatted(id, attack.name()),
                    values.changed(attack.name()));
              }
              for (GridMap map : maps) {
                rows.add(map.name());
                similar.add(
                    attacks.stream()
                        .map(a -> values.of(map.name(), a.name(), MapBatch.SIMILARITY).mean())
                        .toList());
                moved.add(
                    attacks.stream().map(a -> shift(values, map.name(), a.name()).mean()).toList());
                note(bench, values, map.name(), attacks, table);
              }
              summarize(
                  bench,
                  id,
                  attacks,
                  similar.subList(similar.size() - maps.size(), similar.size()),
                  "similarity");
              summarize(
                  bench,
                  id,
                  attacks,
                  moved.subList(moved.size() - maps.size(), moved.size()),
                  "shift of background");
              for (int m = 0; m < maps.size(); m++) {
                int row = rows.size() - maps.size() + m;
                cells.add(
                    MapCells.row(
                        id, m, maps.get(m).name(), attacks, similar.get(row), moved.get(row)));
              }
              bench.image(
                  MapSheet.name(id),
                  "An image before and after the attacks, and the maps of " + id,
                  () -> MapSheet.of(bench, id, maps, attacks, images));
            });
    bench.cells(
        "maps",
        "Rank correlation of the maps before and after, and beneath it by how many points the map's"
            + " share beside the object grew; a click shows the maps of one image",
        new Cells(MapSheet.TILE, attacks.stream().map(GridAttack::name).toList(), cells));
    report(bench, attacks, rows, similar, moved, table);
  }

  /** Notes the mean of all maps of a network under all attacks but the {@code control}. */
  private static void summarize(
      Bench bench, String network, List<GridAttack> attacks, List<List<Double>> maps, String of) {
    String control = bench.settings().path("control").asString("");
    List<Double> all = new ArrayList<>();
    for (List<Double> map : maps) {
      for (int a = 0; a < attacks.size(); a++) {
        if (!attacks.get(a).name().equals(control)) {
          all.add(map.get(a));
        }
      }
    }
    bench.number("mean %s, %s".formatted(of, network), Sample.of(all).mean());
  }

  private static MapValues values(
      Bench bench, String id, List<GridMap> maps, List<GridAttack> attacks, DataSet images) {
    GraphClassifier network = bench.network(id);
    List<JsonNode> parts =
        bench.each(
            MapSheet.file(id),
            (images.size() + BATCH - 1) / BATCH,
            b ->
                MapBatch.rows(
                    bench,
                    network,
                    maps,
                    attacks,
                    images,
                    b * BATCH,
                    Math.min(images.size(), (b + 1) * BATCH)));
    return new MapValues(parts.stream().flatMap(JsonNode::valueStream).toList());
  }

  private static Sample shift(MapValues values, String map, String state) {
    return values.shift(map, MapBatch.CLEAN, state, Quantity.BACKGROUND);
  }

  private static void note(
      Bench bench,
      MapValues values,
      String map,
      List<GridAttack> attacks,
      List<List<String>> table) {
    for (String quantity : bench.names("quantities")) {
      bench.number(
          "%s of %s, clean".formatted(quantity, map),
          values.of(map, MapBatch.CLEAN, quantity).mean());
    }
    for (GridAttack attack : attacks) {
      for (String state : MapBatch.states(bench, attack)) {
        double similarity = values.of(map, state, MapBatch.SIMILARITY).mean();
        bench.number("similarity of %s, %s".formatted(map, state), similarity);
        for (String quantity : bench.names("quantities")) {
          bench.number(
              "%s of %s, %s".formatted(quantity, map, state),
              values.of(map, state, quantity).mean());
          Sample shift = values.shift(map, MapBatch.CLEAN, state, quantity);
          if (shift.size() > 0) {
            String number = "shift of %s of %s, %s".formatted(quantity, map, state);
            bench.number(number, shift.mean());
            bench.number(number + ", lower 95 %", shift.interval().low());
            bench.number(number + ", upper 95 %", shift.interval().high());
          }
        }
      }
      table.add(line(bench, values, map, attack));
    }
  }

  private static List<String> line(Bench bench, MapValues values, String map, GridAttack attack) {
    List<String> line = new ArrayList<>(List.of(map, attack.name()));
    for (String state : MapBatch.states(bench, attack)) {
      line.add(shown(values.of(map, state, MapBatch.SIMILARITY).mean()));
    }
    for (String quantity : bench.names("quantities")) {
      for (String state : List.of(MapBatch.CLEAN, attack.name())) {
        line.add(shown(values.of(map, state, quantity).mean()));
      }
    }
    return line;
  }

  private static void report(
      Bench bench,
      List<GridAttack> attacks,
      List<String> rows,
      List<List<Double>> similar,
      List<List<Double>> moved,
      List<List<String>> table) {
    List<String> columns = attacks.stream().map(GridAttack::name).toList();
    List<String> header = new ArrayList<>(List.of("map", "attack", MapBatch.SIMILARITY));
    if (MapBatch.explainsSame(bench)) {
      header.add("%s, %s".formatted(MapBatch.SIMILARITY, MapBatch.SAME));
    }
    bench
        .names("quantities")
        .forEach(quantity -> header.addAll(List.of(quantity + ", clean", quantity)));
    bench.table(
        "maps",
        "Rank correlation of the maps before and after, and quantities of both",
        header,
        table);
    if (rows.size() > LARGEST_PLOT) {
      return;
    }
    bench.plot(
        "similarity",
        new MatrixPlot(
            "Rank correlation of the maps before and after, times 100",
            "map",
            rows,
            "attack",
            columns,
            similar));
    if (moved.stream().flatMap(List::stream).anyMatch(Double::isFinite)) {
      bench.plot(
          "background",
          new MatrixPlot(
              "Shift of the map's share beside the object, points",
              "map",
              rows,
              "attack",
              columns,
              moved));
    }
  }

  static String shown(double value) {
    return Stream.of(value).filter(Double::isFinite).map(NumberText::of).findFirst().orElse("–");
  }
}
