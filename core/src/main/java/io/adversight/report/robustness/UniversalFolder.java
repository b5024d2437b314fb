package io.adversight.report.robustness;

import io.adversight.attack.problem.Ball;
import io.adversight.data.DataSet;
import io.adversight.model.ModelCard;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.PageImage;
import io.adversight.report.format.ResultJson;
import io.adversight.study.Algorithm;
import io.adversight.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of one universal change, or of a curve of several.
 *
 * @param results where files go
 * @param spec what is made
 */
public record UniversalFolder(ResultFolder results, ObjectNode spec) {
  private static final JsonMapper MAPPER = Json.MAPPER;

  /**
   * Opens a folder, or goes on in the one of the same work.
   *
   * @param what is made: a change or a curve, with what matters for it
   */
  public static UniversalFolder open(
      Path path,
      String what,
      ModelCard card,
      Algorithm attack,
      Ball ball,
      DataSet seen,
      DataSet unseen,
      long seed) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("what", what);
    node.put("model", card.nameInResults());
    node.put("modelSha256", card.sha256());
    node.put("height", card.input().height());
    node.put("width", card.input().width());
    node.set("attack", ResultJson.algorithm(attack));
    node.put("norm", ball.norm().name());
    node.put("epsilon", ball.epsilon());
    node.put("images", seen.name());
    node.put("seen", seen.size());
    node.put("unseen", unseen.size());
    node.put("seenSha256", seen.sha256());
    node.put("unseenSha256", unseen.sha256());
    node.put("seed", seed);
    ResultFolder results = ResultFolder.open(path, node, "universal-spec.json");
    results.leaveOut(seen.leftOut());
    return new UniversalFolder(results, node);
  }

  /** A result with what was made and where it comes from. */
  public ObjectNode result(Provenance provenance, double seconds) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("universal", spec);
    node.set("provenance", ResultJson.provenance(provenance, seconds));
    return node;
  }

  /**
   * Writes the page of a change.
   *
   * @param result with what was measured on seen and unseen images
   * @return its file
   */
  public Path reportChange(ObjectNode result) {
    List<List<String>> rows = new ArrayList<>();
    for (String set : List.of("seen", "unseen")) {
      JsonNode fooled = result.path(set).path("fooled");
      rows.add(
          List.of(
              set.equals("seen") ? "images it was made on" : "other images",
              NumberText.percent(ResultJson.proportion(fooled)),
              fooled.path("successes").asString() + " of " + fooled.path("trials").asString()));
    }
    List<Block> looks = new ArrayList<>();
    looks.add(
        new Block.WideFigure(
            PageImage.in(results.resolve("universal.png")), "the perturbation or patch"));
    looks.add(
        new Block.WideFigure(
            PageImage.in(results.resolve("examples.png")),
            "above: images that it was not made on; below: the same with it"));
    for (String set : List.of("seen", "unseen")) {
      Path drawing = results.resolve("fooling-" + set + ".png");
      if (Files.exists(drawing)) {
        looks.add(
            new Block.WideFigure(
                PageImage.in(drawing),
                "classes before and after, "
                    + (set.equals("seen") ? "images it was made on" : "other images")));
      }
    }
    return report(
        "One perturbation for all images, ",
        result,
        new Block.Section(
            "Fooling rate", new Block.Table(List.of("measured on", "rate", "images"), rows, 1)),
        new Block.Section("What it looks like", looks));
  }

  /**
   * Writes the page of a curve.
   *
   * @param result with the curve's points
   * @return its file
   */
  public Path reportCurve(ObjectNode result) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode point : result.path("points")) {
      rows.add(
          List.of(
              point.path("images").asString(),
              NumberText.percent(Json.number(point.path("seen"))),
              NumberText.percent(Json.number(point.path("unseen")))));
    }
    return report(
        "Fooling rate against the number of images, ",
        result,
        new Block.Section(
            "Curve",
            new Block.WideFigure(PageImage.in(results.resolve("curve.png")), "fooling rate"),
            new Block.Table(List.of("images", "fooled of these", "fooled of others"), rows, 0)));
  }

  private Path report(String title, ObjectNode result, Block... blocks) {
    results.write(
        "report.html",
        new HtmlPage(
                title + Json.text(spec, "model"), Facts.of(spec), List.of(blocks), result, spec)
            .html());
    return results.resolve("report.html");
  }
}
