package io.adversight.report.robustness;

import io.adversight.attack.Epsilon;
import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.Fit;
import io.adversight.evaluation.robustness.Transfer;
import io.adversight.evaluation.robustness.TransferMatrix;
import io.adversight.model.Classifier;
import io.adversight.plot.MatrixPlot;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.Names;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.ResultJson;
import io.adversight.study.Algorithm;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of a transfer matrix: every finished batch is kept, so that a stopped matrix goes on.
 *
 * <pre>
 * report.html  result.json  transfer.csv  transfer.png
 * parts/ROW-FIRST.json
 * </pre>
 */
public final class TransferFolder implements TransferMatrix.Parts {
  private static final List<String> HEADER =
      List.of("attacked", "seen by", "fit", "images", "right", "fooled", "rate", "low", "high");
  private static final JsonMapper MAPPER = Json.MAPPER;

  private final ResultFolder folder;
  private final ObjectNode spec;
  private final Transfer transfer;
  private final long start = System.nanoTime();

  /**
   * Opens a folder for a matrix, or goes on with the same one.
   *
   * @param attack the transfer's attack as it was asked for
   */
  public TransferFolder(
      Path path, Transfer transfer, Algorithm attack, DataSet images, int batch, long seed) {
    this.transfer = transfer;
    this.spec = spec(transfer, attack, images, batch, seed);
    this.folder = ResultFolder.open(path, spec, "transfer.json");
    folder.leaveOut(images.leftOut());
  }

  private static ObjectNode spec(
      Transfer transfer, Algorithm attack, DataSet images, int batch, long seed) {
    ObjectNode node = MAPPER.createObjectNode();
    networks(node.putArray("attacked"), transfer.attacked());
    networks(node.putArray("shown"), transfer.shown());
    ArrayNode fits = node.putArray("fits");
    transfer.fits().forEach(fit -> fits.add(Names.of(fit)));
    node.set("attack", ResultJson.algorithm(attack));
    node.put("norm", transfer.norm().name());
    transfer.epsilons().forEach(epsilon -> node.put("epsilon", epsilon));
    node.put("images", images.name());
    node.put("count", images.size());
    node.put("imagesSha256", images.sha256());
    node.put("batch", batch);
    node.put("seed", seed);
    return node;
  }

  private static void networks(ArrayNode array, List<Classifier> networks) {
    for (Classifier network : networks) {
      ObjectNode one = array.addObject();
      one.put("model", network.card().nameInResults());
      one.put("modelSha256", network.card().sha256());
      one.put("height", network.card().input().height());
      one.put("width", network.card().input().width());
    }
  }

  @Override
  public Optional<List<Transfer.Cell>> recall(int row, int first) {
    return folder.recall(
        part(row, first),
        json -> {
          List<Transfer.Cell> cells = new ArrayList<>();
          json.path("cells")
              .forEach(
                  cell ->
                      cells.add(
                          new Transfer.Cell(
                              ResultJson.proportion(cell.path("right")),
                              ResultJson.proportion(cell.path("fooled")))));
          return cells;
        });
  }

  @Override
  public void keep(int row, int first, List<Transfer.Cell> cells) {
    ObjectNode node = MAPPER.createObjectNode();
    ArrayNode array = node.putArray("cells");
    cells.forEach(cell -> array.add(json(cell)));
    folder.keep(part(row, first), node);
  }

  private static String part(int row, int first) {
    return "parts/%s-%s.json".formatted(row, first);
  }

  private static ObjectNode json(Transfer.Cell cell) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("right", ResultJson.proportion(cell.right()));
    node.set("fooled", ResultJson.proportion(cell.fooled()));
    return node;
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    folder.abandon();
  }

  /**
   * Writes the matrix as JSON, table, heat map and page.
   *
   * @return the page
   */
  public Path finish(TransferMatrix matrix, Provenance provenance) {
    ObjectNode result = MAPPER.createObjectNode();
    result.set("transfer", spec);
    result.set("provenance", ResultJson.provenance(provenance, (System.nanoTime() - start) / 1e9));
    ArrayNode rows = result.putArray("rows");
    List<List<String>> table = new ArrayList<>();
    for (int r = 0; r < matrix.rows().size(); r++) {
      ObjectNode row = rows.addObject();
      row.put("attacked", matrix.rows().get(r));
      ArrayNode cells = row.putArray("cells");
      for (int c = 0; c < matrix.columns().size(); c++) {
        TransferMatrix.Column column = matrix.columns().get(c);
        Transfer.Cell cell = matrix.cells().get(r).get(c);
        ObjectNode json = json(cell);
        json.put("seenBy", column.network());
        json.put("fit", Names.of(column.fit()));
        cells.add(json);
        table.add(line(matrix.rows().get(r), column, cell));
      }
    }
    folder.write("transfer.csv", Csv.table(HEADER, table));
    folder.write("transfer.png", image(matrix).png());
    folder.writeResult(result);
    folder.write("report.html", page(matrix, table, result));
    return folder.resolve("report.html");
  }

  private String page(TransferMatrix matrix, List<List<String>> table, ObjectNode result) {
    Map<String, String> facts = Facts.of(spec);
    facts.keySet().removeAll(List.of("attacked", "shown"));
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < matrix.rows().size(); r++) {
      for (int c = 0; c < matrix.columns().size(); c++) {
        Transfer.Cell cell = matrix.cells().get(r).get(c);
        List<String> line = table.get(rows.size());
        rows.add(
            List.of(
                line.get(0),
                line.get(1),
                line.get(2),
                line.get(4),
                line.get(5),
                NumberText.percent(cell.fooled()),
                NumberText.interval(cell.fooled())));
      }
    }
    return new HtmlPage(
            "Transfer of adversarial images between networks",
            facts,
            List.of(
                new Block.Section(
                    "Images that fool, in per cent",
                    Block.Group.ofPlots(folder.path(), Map.of("transfer.png", image(matrix))),
                    new Block.Table(
                        List.of(
                            "made for",
                            "shown to",
                            "fit",
                            "right before",
                            "fooled",
                            "rate",
                            "95 % interval"),
                        rows,
                        3),
                    new Block.Note(
                        "Only images that a network classifies right without the attack"
                            + " count."))),
            result,
            "",
            "")
        .html();
  }

  private static List<String> line(
      String attacked, TransferMatrix.Column column, Transfer.Cell cell) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of(attacked, column.network(), Names.of(column.fit())));
    line.add(Long.toString(cell.right().trials()));
    line.add(Long.toString(cell.right().successes()));
    line.add(Long.toString(cell.fooled().successes()));
    line.addAll(NumberText.cells(cell.fooled()));
    return line;
  }

  private MatrixPlot image(TransferMatrix matrix) {
    String size =
        transfer.epsilons().stream()
            .findFirst()
            .map(epsilon -> ", epsilon " + Epsilon.text(transfer.norm(), epsilon))
            .orElse("");
    return new MatrixPlot(
        "Fooled images in per cent: %s%s"
            .formatted(spec.path("attack").path("id").asString(), size),
        "attacked",
        matrix.rows(),
        "seen by",
        matrix.columns().stream().map(this::heading).toList(),
        matrix.rates());
  }

  private String heading(TransferMatrix.Column column) {
    return transfer.fits().equals(List.of(Fit.DOWN_SIZE))
        ? column.network()
        : column.network() + "\n" + Names.of(column.fit());
  }
}
