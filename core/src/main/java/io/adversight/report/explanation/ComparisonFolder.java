package io.adversight.report.explanation;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.attribution.Heatmap;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.image.ColorScale;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.metric.difference.MapDifference;
import io.adversight.model.Classifier;
import io.adversight.plot.Plot;
import io.adversight.report.PerImageFolders;
import io.adversight.report.PerImageResults;
import io.adversight.report.Provenance;
import io.adversight.report.format.Panel;
import io.adversight.report.format.ResultJson;
import io.adversight.study.Attacked;
import io.adversight.study.Explained;
import io.adversight.study.ImageResult;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import io.adversight.study.explanation.MapMeasure;
import io.adversight.study.explanation.ObjectShares;
import io.adversight.study.image.InputImage;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Explanations of clean images compared with those of attacked ones.
 *
 * <pre>
 * report.html  comparison.csv  summary.csv  result.json
 * box-MEASURE-ATTACK.png  epsilon-MEASURE-ATTACK.png
 * IMAGE/ATTACK[/epsilon-VALUE]/comparison.png
 * IMAGE/ATTACK[/epsilon-VALUE]/METHOD/    before.npy after.npy after-new-class.npy difference.npy
 *                                           positive-difference.npy log-ratio-difference.npy
 * </pre>
 */
public final class ComparisonFolder implements Study.Sink, PerImageResults {
  private final PerImageFolders folder;
  private final List<MapMeasure> measures;
  private final Map<String, MapDifference> differences = new LinkedHashMap<>();
  private final Classifier classifier;
  private final boolean severalEpsilons;

  /**
   * Opens a folder for comparisons, or goes on with the same ones.
   *
   * @throws IllegalArgumentException if the folder holds something else
   */
  public ComparisonFolder(
      Path folder, StudySpec spec, List<MapMeasure> measures, Classifier classifier) {
    ObjectNode node = ResultJson.spec(spec, classifier.card());
    node.set(
        "measures", ResultJson.algorithms(measures.stream().map(MapMeasure::algorithm).toList()));
    this.folder = new PerImageFolders(folder, node);
    this.measures = List.copyOf(measures);
    this.classifier = classifier;
    this.severalEpsilons = spec.epsilons().size() > 1;
    for (Entry<?> entry : Catalog.entries(Kind.MAP_DIFFERENCE)) {
      differences.put(entry.id(), (MapDifference) entry.create());
    }
  }

  @Override
  public void leaveOut(InputImage image, String reason) {
    folder.leaveOut(image.name(), reason);
  }

  @Override
  public void accept(ImageResult result) {
    folder.add(result.image(), place -> write(place, result));
  }

  private ObjectNode write(Path place, ImageResult result) throws IOException {
    ObjectNode json = ResultJson.image(result, classifier.labels());
    for (int i = 0; i < result.attacked().size(); i++) {
      Attacked attacked = result.attacked().get(i);
      double epsilon = attacked.adversarial().epsilon();
      String where =
          severalEpsilons && Double.isFinite(epsilon)
              ? attacked.attack().id() + "/" + Epsilon.fileName(epsilon)
              : attacked.attack().id();
      ObjectNode node = (ObjectNode) json.path("attacks").path(i);
      node.put("folder", where);
      Files.createDirectories(place.resolve(where));
      ArrayNode rows = node.putArray("comparisons");
      for (int m = 0; m < result.explanations().size(); m++) {
        compare(place.resolve(where), result, attacked, m, rows);
      }
      ImageFiles.writePng(panel(result, attacked), place.resolve(where).resolve("comparison.png"));
    }
    return json;
  }

  private void compare(Path place, ImageResult result, Attacked attacked, int m, ArrayNode rows)
      throws IOException {
    Explained before = result.explanations().get(m);
    Map<String, Raster> objects = result.image().objects();
    Path own = place.resolve(before.method().id());
    Files.createDirectories(own);
    Raster clean = before.heatmap().map();
    Heatmap same = attacked.sameClass().get(m).heatmap();
    Npy.writeMap(clean, own.resolve("before.npy"));
    Npy.writeMap(same.map(), own.resolve("after.npy"));
    for (Map.Entry<String, MapDifference> difference : differences.entrySet()) {
      Npy.writeMap(
          difference.getValue().difference(clean, same.map()),
          own.resolve(difference.getKey() + ".npy"));
    }
    rows.add(row(before, same, "original class", objects));
    if (!attacked.newClass().isEmpty()) {
      Heatmap other = attacked.newClass().get(m).heatmap();
      Npy.writeMap(other.map(), own.resolve("after-new-class.npy"));
      rows.add(row(before, other, "new class", objects));
    }
  }

  private ObjectNode row(
      Explained before, Heatmap after, String explains, Map<String, Raster> objects) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    row.put("method", before.method().toString());
    row.put("explains", explains);
    row.put("empty", empty(before.heatmap(), after));
    ObjectNode values = row.putObject("values");
    for (MapMeasure measure : measures) {
      values.put(measure.name(), measure.of(before.heatmap().map(), after.map()));
    }
    shares(values, before.heatmap().map(), "before", objects);
    shares(values, after.map(), "after", objects);
    return row;
  }

  private static void shares(
      ObjectNode values, Raster map, String when, Map<String, Raster> objects) {
    ObjectShares.of(map, objects)
        .forEach((object, share) -> values.put("share on %s, %s".formatted(object, when), share));
  }

  /** Which of the maps says nothing: one without any positive contribution. */
  private static String empty(Heatmap before, Heatmap after) {
    boolean first = before.isAllNegative() || before.isEmpty();
    boolean second = after.isAllNegative() || after.isEmpty();
    return first ? second ? "both" : "before" : second ? "after" : "";
  }

  private Raster panel(ImageResult result, Attacked attacked) {
    List<String> headings = new ArrayList<>(List.of("clean", "clean map", "adversarial", "after"));
    boolean differs = !attacked.newClass().isEmpty();
    if (differs) {
      headings.add("after: new class");
    }
    differences.keySet().forEach(id -> headings.add(id.replace('-', ' ')));
    headings.add(0, "");
    Panel panel = new Panel(headings);
    Raster clean = attacked.adversarial().original();
    Raster changed = attacked.adversarial().changed();
    for (int m = 0; m < result.explanations().size(); m++) {
      Explained explained = result.explanations().get(m);
      Raster before = explained.heatmap().map();
      Raster after = attacked.sameClass().get(m).heatmap().map();
      List<Raster> row = new ArrayList<>();
      row.add(Panel.label(explained.method().id(), clean));
      row.add(clean);
      row.add(Panel.overlaid(clean, before));
      row.add(changed);
      row.add(Panel.overlaid(changed, after));
      if (differs) {
        row.add(Panel.overlaid(changed, attacked.newClass().get(m).heatmap().map()));
      }
      for (MapDifference difference : differences.values()) {
        Raster signed = difference.difference(before, after);
        row.add(ColorScale.signed(signed).apply(signed));
      }
      panel.row(row);
    }
    return panel.sheet();
  }

  /** Mean ± standard deviation of every measure, one line per attack and method; heading first. */
  public List<List<String>> summary() {
    ComparisonTable table = table(folder.images());
    List<List<String>> lines = new ArrayList<>(List.of(table.summaryHeader()));
    lines.addAll(table.summary());
    return lines;
  }

  private ComparisonTable table(List<JsonNode> images) {
    return new ComparisonTable(
        images,
        measures.stream().map(MapMeasure::name).toList(),
        Norm.valueOf(folder.spec().path("norm").asString()));
  }

  @Override
  public PerImageFolders folders() {
    return folder;
  }

  @Override
  public Path finish(Provenance provenance) {
    List<JsonNode> images = folder.images();
    ComparisonTable table = table(images);
    folder.write("comparison.csv", table.csv());
    folder.write("summary.csv", table.summaryCsv());
    Map<String, Plot> plots = table.plots();
    plots.forEach((file, plot) -> folder.write(file, plot.png()));
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("study", folder.spec());
    result.set("provenance", ResultJson.provenance(provenance, folder.seconds()));
    ArrayNode written = result.putArray("images");
    images.forEach(written::add);
    folder.writeResult(result);
    folder.write("report.html", ComparisonPage.of(folder, table, plots, result));
    return folder.path().resolve("report.html");
  }
}
