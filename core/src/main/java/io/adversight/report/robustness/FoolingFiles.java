package io.adversight.report.robustness;

import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.FoolingCurve;
import io.adversight.evaluation.robustness.FoolingMatrix;
import io.adversight.metric.numeric.Proportion;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.plot.MatrixPlot;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.ResultJson;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fooling rates as JSON, tables and drawings. */
public final class FoolingFiles {
  private static final JsonMapper MAPPER = Json.MAPPER;
  private static final int DOMINANT = 10;
  private static final int CLASSES_DRAWN = 20;

  private FoolingFiles() {}

  /** The fooling rate with its confidence interval, and the classes most images fall into. */
  public static ObjectNode json(FoolingMatrix matrix, Labels labels) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("fooled", ResultJson.proportion(fooled(matrix)));
    ArrayNode dominant = node.putArray("dominant");
    for (int index : matrix.dominant(DOMINANT)) {
      ObjectNode one = dominant.addObject();
      one.put("index", index);
      one.put("name", labels.name(index));
      one.put("images", into(matrix, index));
    }
    return node;
  }

  /** Images whose class changed, of all. */
  public static Proportion fooled(FoolingMatrix matrix) {
    int same = 0;
    for (int c = 0; c < matrix.counts().size(); c++) {
      same += matrix.counts().get(c).get(c);
    }
    return new Proportion(matrix.images() - (long) same, matrix.images());
  }

  private static int into(FoolingMatrix matrix, int after) {
    int sum = 0;
    for (int before = 0; before < matrix.counts().size(); before++) {
      sum += before == after ? 0 : matrix.counts().get(before).get(after);
    }
    return sum;
  }

  /**
   * Writes the matrix as {@code NAME.csv}, one line for each pair of classes that occurs, and where
   * the classes are few as the drawing {@code NAME.png} with the rates of each row.
   */
  public static void write(FoolingMatrix matrix, Labels labels, ResultFolder folder, String name) {
    List<List<String>> rows = new ArrayList<>();
    int classes = matrix.counts().size();
    for (int before = 0; before < classes; before++) {
      for (int after = 0; after < classes; after++) {
        int count = matrix.counts().get(before).get(after);
        if (count > 0) {
          rows.add(
              List.of(
                  Integer.toString(before),
                  labels.name(before),
                  Integer.toString(after),
                  labels.name(after),
                  Integer.toString(count)));
        }
      }
    }
    List<String> header = List.of("before", "before name", "after", "after name", "images");
    folder.write(name + ".csv", Csv.table(header, rows));
    if (classes <= CLASSES_DRAWN) {
      folder.write(name + ".png", drawing(matrix, labels).png());
    }
  }

  private static MatrixPlot drawing(FoolingMatrix matrix, Labels labels) {
    List<List<Double>> rates = new ArrayList<>();
    for (List<Integer> row : matrix.counts()) {
      double all = row.stream().mapToInt(Integer::intValue).sum();
      rates.add(row.stream().map(count -> all == 0 ? Double.NaN : count / all).toList());
    }
    return new MatrixPlot(
        "Where the images of each class go, in per cent",
        "class before",
        labels.names(),
        "class after",
        labels.names(),
        rates);
  }

  /** Writes a curve as {@code curve.csv} and {@code curve.png}. */
  public static void write(FoolingCurve curve, String title, ResultFolder folder) {
    List<List<String>> rows =
        curve.points().stream()
            .map(
                point ->
                    List.of(
                        Integer.toString(point.images()),
                        Double.toString(point.seen()),
                        Double.toString(point.unseen())))
            .toList();
    folder.write("curve.csv", Csv.table(List.of("images", "seen", "unseen"), rows));
    List<Double> numbers = curve.points().stream().map(p -> (double) p.images()).toList();
    List<Line> lines =
        List.of(
            new Line(
                "images it was made on",
                numbers,
                curve.points().stream().map(FoolingCurve.Point::seen).toList()),
            new Line(
                "images it has not seen",
                numbers,
                curve.points().stream().map(FoolingCurve.Point::unseen).toList()));
    folder.write(
        "curve.png",
        LinePlot.of(title, "images it was made on", "fooling rate", lines).within(0, 1).png());
  }
}
