package io.adversight.report.robustness;

import io.adversight.evaluation.robustness.FrameNumbers;
import io.adversight.evaluation.robustness.TransitionFrame;
import io.adversight.image.ContactSheet;
import io.adversight.image.GifAnimation;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageGrid;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
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
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of one image that becomes another class.
 *
 * <pre>
 * report.html  result.json  path.csv
 * WALK.png  WALK.gif  WALK-confidence.png  WALK-map.png
 * </pre>
 */
public final class TransitionFolder {
  private static final int SIDE = 112;
  private static final int FRAME_MILLIS = 200;

  private final ResultFolder folder;
  private final ObjectNode spec;
  private final int from;
  private final int to;
  private final MapSimilarity similarity;
  private final ObjectNode walks = Json.MAPPER.createObjectNode();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Block> sections = new ArrayList<>();
  private final long start = System.nanoTime();

  /**
   * Opens a folder, or the one of the same work.
   *
   * @param spec what is done
   * @param from the class of the image
   * @param to the class that it becomes
   * @param similarity of explanations
   */
  public TransitionFolder(Path path, ObjectNode spec, int from, int to, MapSimilarity similarity) {
    this.spec = spec;
    this.from = from;
    this.to = to;
    this.similarity = similarity;
    spec.put("from", from);
    spec.put("to", to);
    folder = ResultFolder.open(path, spec, "transition.json");
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    folder.abandon();
  }

  /**
   * Writes one walk.
   *
   * @param name of its files
   */
  public void add(String name, List<TransitionFrame> frames) {
    List<FrameNumbers> numbers = FrameNumbers.of(frames, from, to, similarity);
    walks.set(name, Json.MAPPER.valueToTree(numbers));
    for (FrameNumbers frame : numbers) {
      rows.add(Stream.concat(Stream.of(name), FrameTable.row(frame).stream()).toList());
    }
    List<Raster> images = FrameImages.of(frames, SIDE);
    List<Raster> maps = FrameImages.explained(frames, SIDE);
    folder.write(name + ".png", ImageFiles.png(sheet(frames, images, maps)));
    folder.write(name + ".gif", GifAnimation.bytes(pairs(images, maps), FRAME_MILLIS));
    folder.write(name + "-confidence.png", confidence(name, numbers).png());
    folder.write(name + "-map.png", explanation(name, numbers).png());
    sections.add(
        new Block.Section(
            "%s: %s to %s".formatted(name, from, to),
            new Block.WideFigure(
                PageImage.in(folder.resolve(name + ".png")),
                "Under each frame: the prediction, and the oracles that see the target"),
            new Block.Group(
                Block.Layout.ROW,
                new Block.PlotImage(
                    PageImage.in(folder.resolve(name + "-confidence.png")), "Probabilities"),
                new Block.PlotImage(
                    PageImage.in(folder.resolve(name + "-map.png")), "Similarity of maps"))));
  }

  private Raster sheet(List<TransitionFrame> frames, List<Raster> images, List<Raster> maps) {
    List<Raster> cells = Stream.concat(images.stream(), maps.stream()).toList();
    Stream<String> predicted =
        frames.stream()
            .map(
                frame ->
                    "%s, oracles %s/%s"
                        .formatted(
                            frame.prediction().top(), frame.votes(to), frame.oracles().size()));
    Stream<String> mapped = frames.stream().map(frame -> "map of " + frame.prediction().top());
    return ContactSheet.of(cells, Stream.concat(predicted, mapped).toList(), frames.size(), SIDE);
  }

  private static List<Raster> pairs(List<Raster> images, List<Raster> maps) {
    List<Raster> pairs = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      pairs.add(ImageGrid.of(List.of(images.get(i), maps.get(i)), 2, 4));
    }
    return pairs;
  }

  private LinePlot confidence(String name, List<FrameNumbers> frames) {
    return LinePlot.of(
            "%s, %s to %s: probabilities along the walk".formatted(name, from, to),
            "step",
            "probability",
            List.of(
                line("network, " + from, frames, FrameNumbers::labelProbability),
                line("network, " + to, frames, FrameNumbers::targetProbability),
                line("oracles, " + from, frames, FrameNumbers::oracleLabel),
                line("oracles, " + to, frames, FrameNumbers::oracleTarget)))
        .within(0, 1);
  }

  private LinePlot explanation(String name, List<FrameNumbers> frames) {
    return LinePlot.of(
        "%s, %s to %s: similarity of maps along the walk".formatted(name, from, to),
        "step",
        "similarity",
        List.of(
            line("to the first", frames, FrameNumbers::mapToStart),
            line(
                "to the one before", frames.subList(1, frames.size()), FrameNumbers::mapToPrevious),
            line("to the last", frames, FrameNumbers::mapToEnd)));
  }

  private static Line line(
      String name, List<FrameNumbers> frames, ToDoubleFunction<FrameNumbers> value) {
    return new Line(
        name,
        frames.stream().map(frame -> (double) frame.step()).toList(),
        frames.stream().map(value::applyAsDouble).toList());
  }

  /**
   * Writes {@code result.json}, {@code path.csv} and the page.
   *
   * @return the page
   */
  public Path finish(Provenance provenance) {
    List<String> header = Stream.concat(Stream.of("walk"), FrameTable.HEADER.stream()).toList();
    folder.write("path.csv", Csv.table(header, rows));
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("transition", spec);
    result.set("provenance", ResultJson.provenance(provenance, (System.nanoTime() - start) / 1e9));
    result.set("walks", walks);
    folder.writeResult(result);
    String title = "From %s to %s, %s".formatted(from, to, Json.text(spec, "model"));
    folder.write("report.html", new HtmlPage(title, Facts.of(spec), sections, result, spec).html());
    return folder.resolve("report.html");
  }
}
