package io.adversight.report.robustness;

import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.FrameNumbers;
import io.adversight.evaluation.robustness.MethodStatistics;
import io.adversight.evaluation.robustness.PathStatistics;
import io.adversight.evaluation.robustness.TransitionCase;
import io.adversight.evaluation.robustness.TypeOneResult;
import io.adversight.evaluation.robustness.TypeOneResult.Method;
import io.adversight.evaluation.robustness.TypeOneResult.Outcome;
import io.adversight.image.ImageFiles;
import io.adversight.plot.MatrixPlot;
import io.adversight.plot.Plot;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.PageImage;
import io.adversight.report.format.ResultJson;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of Type I attacks and transitions over all pairs of classes: finished images are kept,
 * so that a stopped measurement goes on.
 *
 * <pre>
 * report.html  result.json  methods.csv  outcomes.csv  frames.csv
 * type-one.png  transition.png  type-one-path.png  transition-path.png  examples.png
 * parts/NUMBER.json
 * </pre>
 */
public final class TypeOneFolder {
  private final ResultFolder folder;
  private final ObjectNode spec;
  private final Labels labels;
  private final int oracles;
  private final long start = System.nanoTime();

  /**
   * Opens a folder, or goes on in the one of the same work.
   *
   * @param networks that take part, and the settings, by name
   * @param oracles how many there are
   * @param images those of the cases, in their order
   */
  public TypeOneFolder(Path path, ObjectNode networks, Labels labels, int oracles, DataSet images) {
    this.spec = networks;
    this.labels = labels;
    this.oracles = oracles;
    spec.put("images", images.name());
    spec.put("count", images.size());
    spec.put("imagesSha256", images.sha256());
    folder = ResultFolder.open(path, spec, "transition.json");
    folder.leaveOut(images.leftOut());
  }

  /** What was found about an image before. */
  public Optional<TypeOneResult> recall(int number) {
    return folder.recall(part(number), TypeOneJson::read);
  }

  /** Keeps what was found about an image. */
  public void keep(int number, TypeOneResult result) {
    folder.keep(part(number), TypeOneJson.of(result));
  }

  private static String part(int number) {
    return "parts/%s.json".formatted(number);
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    folder.abandon();
  }

  /**
   * Writes everything that follows from the results.
   *
   * @param cases as many as results
   * @return the page
   */
  public Path finish(
      DataSet set, List<TransitionCase> cases, List<TypeOneResult> results, Provenance provenance) {
    TypeOneTables tables = new TypeOneTables(results, oracles);
    folder.write("methods.csv", csv(tables.methods()));
    folder.write("outcomes.csv", csv(outcomes(set, cases, results)));
    folder.write("frames.csv", csv(frames(set, cases, results)));
    Map<String, Plot> matrices = new LinkedHashMap<>();
    matrices.put(
        "type-one.png",
        matrix(
            "Type I success: the label stays, most oracles see the target",
            results,
            result -> result.of(Method.TYPE_ONE).succeeds()));
    matrices.put(
        "transition.png",
        matrix(
            "Transitions: most oracles see the target",
            results,
            result -> result.of(Method.TRANSITION).seen()));
    Map<String, Plot> paths = new LinkedHashMap<>();
    paths.put("type-one-path.png", tables.typeOnePlot());
    paths.put("transition-path.png", tables.transitionPlot());
    matrices.forEach((file, plot) -> folder.write(file, plot.png()));
    paths.forEach((file, plot) -> folder.write(file, plot.png()));
    folder.write(
        "examples.png", ImageFiles.png(TypeOneSheet.of(set, cases, results, labels).sheet()));
    ObjectNode result = result(set, cases, results, provenance);
    folder.writeResult(result);
    folder.write("report.html", page(tables, matrices, paths, result));
    return folder.resolve("report.html");
  }

  private static String csv(List<List<String>> lines) {
    return Csv.table(lines.get(0), lines.subList(1, lines.size()));
  }

  private MatrixPlot matrix(
      String title, List<TypeOneResult> results, Predicate<TypeOneResult> holds) {
    List<String> names = labels.names();
    List<List<Double>> values = MethodStatistics.byPair(results, labels.size(), holds);
    return new MatrixPlot(title, "from", names, "to", names, values);
  }

  private static List<List<String>> outcomes(
      DataSet set, List<TransitionCase> cases, List<TypeOneResult> results) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "image",
            "label",
            "target",
            "method",
            "predicted",
            "kept",
            "votes",
            "success",
            "pixel L2",
            "code L2",
            "map similarity"));
    for (int i = 0; i < results.size(); i++) {
      for (Outcome outcome : results.get(i).outcomes()) {
        lines.add(
            List.of(
                set.imageName(cases.get(i).image()),
                Integer.toString(results.get(i).label()),
                Integer.toString(results.get(i).target()),
                outcome.method().toString(),
                Integer.toString(outcome.predicted()),
                Boolean.toString(outcome.kept()),
                Integer.toString(outcome.votes()),
                Boolean.toString(outcome.succeeds()),
                TypeOneTables.text(outcome.pixelDistance()),
                TypeOneTables.text(outcome.latentDistance()),
                TypeOneTables.text(outcome.mapSimilarity())));
      }
    }
    return lines;
  }

  private static List<List<String>> frames(
      DataSet set, List<TransitionCase> cases, List<TypeOneResult> results) {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("image", "label", "target", "walk"));
    header.addAll(FrameTable.HEADER);
    lines.add(header);
    Map<String, Function<TypeOneResult, List<FrameNumbers>>> walks = new LinkedHashMap<>();
    walks.put("type-one", TypeOneResult::typeOnePath);
    walks.put("transition", TypeOneResult::transitionPath);
    for (int i = 0; i < results.size(); i++) {
      TypeOneResult result = results.get(i);
      String name = set.imageName(cases.get(i).image());
      walks.forEach(
          (walk, frames) -> {
            for (FrameNumbers frame : frames.apply(result)) {
              List<String> line =
                  new ArrayList<>(
                      List.of(
                          name,
                          Integer.toString(result.label()),
                          Integer.toString(result.target()),
                          walk));
              line.addAll(FrameTable.row(frame));
              lines.add(line);
            }
          });
    }
    return lines;
  }

  private ObjectNode result(
      DataSet set, List<TransitionCase> cases, List<TypeOneResult> results, Provenance provenance) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("transition", spec);
    result.set("provenance", ResultJson.provenance(provenance, (System.nanoTime() - start) / 1e9));
    ArrayNode methods = result.putArray("methods");
    for (MethodStatistics method : MethodStatistics.of(results, oracles)) {
      ObjectNode node = methods.addObject();
      node.put("method", method.method().toString());
      node.set("labelKept", ResultJson.proportion(method.kept()));
      node.set("oraclesSeeTarget", ResultJson.proportion(method.seen()));
      node.set("success", ResultJson.proportion(method.success()));
      node.set("successOfAllOracles", ResultJson.proportion(method.agreed()));
      node.set("pixelDistance", Json.of(method.pixelDistance()));
      node.set("latentDistance", Json.of(method.latentDistance()));
      node.set("mapSimilarity", Json.of(method.mapSimilarity()));
      node.set("mapSimilarityOfSuccesses", Json.of(method.mapOfSuccesses()));
    }
    ObjectNode paths = result.putObject("paths");
    paths.set("type-one", path(results, TypeOneResult::typeOnePath));
    paths.set("transition", path(results, TypeOneResult::transitionPath));
    ArrayNode all = result.putArray("images");
    for (int i = 0; i < results.size(); i++) {
      ObjectNode one = TypeOneJson.outcomes(results.get(i));
      one.put("image", set.imageName(cases.get(i).image()));
      all.add(one);
    }
    return result;
  }

  private static ObjectNode path(
      List<TypeOneResult> results, Function<TypeOneResult, List<FrameNumbers>> walk) {
    PathStatistics path = PathStatistics.of(results.stream().map(walk).toList());
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.set("points", Json.MAPPER.valueToTree(path.points()));
    ArrayNode steps = node.putArray("steps");
    path.steps()
        .forEach(
            (change, found) ->
                steps
                    .addObject()
                    .put("changes", change.toString())
                    .put("count", found.count())
                    .set("similarity", Json.of(found.similarity())));
    node.put("spearmanWithNetwork", path.withNetwork());
    node.put("spearmanWithOracles", path.withOracles());
    return node;
  }

  private String page(
      TypeOneTables tables,
      Map<String, Plot> matrices,
      Map<String, Plot> paths,
      ObjectNode result) {
    return new HtmlPage(
            "Type I attacks and transitions, " + Json.text(spec, "model"),
            Facts.of(spec),
            List.of(
                new Block.Section(
                    "Success beside interpolations",
                    Block.Table.headed(tables.methods(), 1),
                    new Block.Note(
                        "Success: the network keeps the label and most oracles predict the target."
                            + " Interpolations succeed if any of 19 steps does; they know the"
                            + " oracles, which the attack does not. Distances and similarities are"
                            + " means over all results.")),
                new Block.Section(
                    "Success by pair of classes", Block.Group.ofPlots(folder.path(), matrices)),
                new Block.Section(
                    "Examples",
                    new Block.WideFigure(
                        PageImage.in(folder.resolve("examples.png")), TypeOneSheet.CAPTION)),
                new Block.Section(
                    "The explanation on the way",
                    Block.Group.ofPlots(folder.path(), paths),
                    new Block.Subheading("From one frame to the next"),
                    Block.Table.headed(tables.steps(), 1),
                    new Block.Subheading("What the explanation follows"),
                    Block.Table.headed(tables.correlations(), 1),
                    new Block.Note(
                        "Spearman's correlation, over all frames, of the similarity to the"
                            + " explanation of the first frame with the probability of the label."),
                    new Block.Subheading("How alike explanations of other images are"),
                    Block.Table.headed(tables.controls(), 1))),
            result,
            spec)
        .html();
  }

  /** What the terminal shows, with its head. */
  public List<List<String>> summary(List<TypeOneResult> results) {
    return new TypeOneTables(results, oracles).methods();
  }
}
