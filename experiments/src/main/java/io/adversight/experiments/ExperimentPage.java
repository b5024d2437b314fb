package io.adversight.experiments;

import io.adversight.experiments.Measured.Exhibit;
import io.adversight.report.format.Block;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.PageImage;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page of one experiment.
 *
 * @param name of its folder
 * @param plan what is claimed
 * @param measured what was found
 * @param files the tables, plots and images that were found
 */
record ExperimentPage(String name, Plan plan, Measured measured, ResultSource files) {
  private static final int LONG_TABLE = 24;
  private static final int FEW = 4;

  HtmlPage page() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("study", plan.study());
    facts.put("place", plan.place());
    facts.put("run", measured.quick() ? "quick subset" : "full");
    List<Block> blocks = new ArrayList<>(List.of(new Block.Section("Claims", claims())));
    blocks.add(new Block.Section("Measured", found()));
    ObjectNode origin = Json.MAPPER.createObjectNode();
    origin.set("provenance", measured.origin());
    return new HtmlPage(
        plan.title(), facts, blocks, origin, Json.text(measured.settings(), "model"), "");
  }

  /** The experiment as a part of a longer page. */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Note(
            "%s; %s. %s%s"
                .formatted(
                    name,
                    plan.place(),
                    measured.quick() ? "Measured on the quick subset." : "Measured in full.",
                    measured.settings().has("model")
                        ? " Network: %s.".formatted(Json.text(measured.settings(), "model"))
                        : "")));
    blocks.addAll(claims());
    blocks.addAll(found());
    return blocks;
  }

  private List<Block> claims() {
    List<List<String>> verdicts = new ArrayList<>();
    List<List<String>> checks = new ArrayList<>();
    for (Claim claim : plan.claims()) {
      Verdict verdict = claim.judge(measured.numbers());
      verdicts.add(List.of(claim.claim(), claim.place(), brief(claim), verdict.words()));
      List<Check> unmet = claim.unmet(measured.numbers());
      for (Check check : claim.parsed()) {
        checks.add(
            List.of(claim.id(), check.shown(measured), unmet.contains(check) ? "no" : "yes"));
      }
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Table(List.of("claim", "where", "measured", "verdict"), verdicts, 4));
    blocks.add(
        new Block.Details(
            "The rules: a claim holds if all its checks are met, in part if some are",
            List.of(
                new Block.Table(
                    List.of("claim", "check, with measured values", "met"), checks, 3))));
    if (!plan.differences().isEmpty()) {
      blocks.add(
          new Block.Note("Differences from the study: " + String.join(" ", plan.differences())));
    }
    return blocks;
  }

  /** The measured numbers of a claim's rule; why there are none otherwise. */
  private String ours(Claim claim) {
    return claim.judge(measured.numbers()) == Verdict.NOT_TESTABLE
        ? claim.untestable()
        : claim.numbers().stream()
            .map(number -> number + " = " + measured.shown(number))
            .collect(Collectors.joining("; "));
  }

  /** The measured numbers of a claim's rule if they are few; else how many checks are met. */
  String brief(Claim claim) {
    boolean tested = claim.judge(measured.numbers()) != Verdict.NOT_TESTABLE;
    if (!tested || claim.numbers().size() <= FEW) {
      return ours(claim);
    }
    List<Check> unmet = claim.unmet(measured.numbers());
    int all = claim.checks().size();
    String counts = "%s of %s checks are met".formatted(all - unmet.size(), all);
    return unmet.isEmpty()
        ? counts
        : unmet.stream()
            .limit(FEW / 2)
            .map(check -> check.shown(measured))
            .collect(
                Collectors.joining(
                    "; ", counts + "; not: ", unmet.size() > FEW / 2 ? "; ..." : ""));
  }

  private List<Block> found() {
    List<Block> blocks = new ArrayList<>();
    List<List<String>> rows =
        Experiments.printed(name).stream()
            .map(
                printed ->
                    List.of(
                        printed.number(),
                        printed.theirs(),
                        measured.shown(printed.number()),
                        printed.place()))
            .toList();
    if (!rows.isEmpty()) {
      blocks.add(
          new Block.Details(
              "Printed numbers beside the measured ones",
              List.of(new Block.Table(List.of("number", "theirs", "ours", "where"), rows, 4))));
    }
    List<Block> plots = new ArrayList<>();
    List<Block> others = new ArrayList<>();
    for (Exhibit exhibit : measured.exhibits()) {
      files
          .read(exhibit.file())
          .ifPresentOrElse(
              bytes -> add(exhibit, bytes, plots, others),
              () ->
                  others.add(
                      new Block.Note(
                          "%s: an image of photos, which are not shipped; adversight reproduce %s"
                                  .formatted(exhibit.caption(), name)
                              + " makes it.")));
    }
    if (!plots.isEmpty()) {
      blocks.add(new Block.Group(Block.Layout.ROW, plots));
    }
    blocks.addAll(others);
    return blocks;
  }

  private void add(Exhibit exhibit, byte[] bytes, List<Block> plots, List<Block> others) {
    if (exhibit.file().endsWith(Cells.ENDING)) {
      others.add(new Block.Subheading(exhibit.caption()));
      others.add(cells(Cells.parse(new String(bytes, StandardCharsets.UTF_8))));
    } else if (exhibit.file().endsWith(".svg")) {
      plots.add(new Block.PlotImage(PageImage.of(bytes), exhibit.caption()));
    } else if (exhibit.file().endsWith(".csv")) {
      List<List<String>> lines =
          new String(bytes, StandardCharsets.UTF_8).lines().map(Csv::values).toList();
      Block table = Block.Table.headed(lines, 1);
      if (lines.size() > LONG_TABLE) {
        others.add(new Block.Details(exhibit.caption(), List.of(table)));
      } else {
        others.add(new Block.Subheading(exhibit.caption()));
        others.add(table);
      }
    } else {
      others.add(new Block.WideFigure(PageImage.of(bytes), exhibit.caption()));
    }
  }

  private Block.CellTable cells(Cells cells) {
    Map<String, PageImage> sheets = new LinkedHashMap<>();
    cells.rows().stream()
        .flatMap(row -> row.cells().stream())
        .flatMap(cell -> cell.crops().stream())
        .map(Cells.Crop::sheet)
        .distinct()
        .forEach(sheet -> files.read(sheet).ifPresent(b -> sheets.put(sheet, PageImage.of(b))));
    return new Block.CellTable(
        cells.columns(),
        cells.rows().stream()
            .map(
                row ->
                    new Block.CellRow(
                        row.name(), row.cells().stream().map(ExperimentPage::cell).toList()))
            .toList(),
        sheets,
        cells.side());
  }

  private static Block.Cell cell(Cells.Cell cell) {
    return new Block.Cell(
        cell.text(),
        cell.detail(),
        cell.shade(),
        cell.crops().stream()
            .map(crop -> new Block.Crop(crop.caption(), crop.sheet(), crop.left(), crop.top()))
            .toList());
  }
}
