package io.adversight.report.robustness;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.Sweep;
import io.adversight.file.FileNames;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.plot.Plot;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.EpsilonAxis;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.ResultJson;
import io.adversight.report.format.RobustnessTable;
import io.adversight.report.format.Titles;
import io.adversight.study.robustness.SweepSpec;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of a sweep: finished batches are kept, so that a stopped sweep goes on.
 *
 * <pre>
 * report.html  result.json  sweep.csv  sweep.png  image-NAME.png
 * parts/FIRST.json
 * </pre>
 */
public final class SweepFolder {
  private static final JsonMapper MAPPER = Json.MAPPER;
  private static final int IMAGES_DRAWN = 12;
  private static final int CLASSES_DRAWN = 4;
  private static final List<String> HEADER =
      List.of(
          "image",
          "label",
          "epsilon",
          "success",
          "success after 8-bit quantization",
          "label probability",
          "top",
          "top name",
          "top probability",
          "second",
          "second name",
          "second probability",
          "l0",
          "l1",
          "l2",
          "linf");

  private static final String UNLABELLED =
      " The classes of these images are not known: an attack succeeds where it changes the"
          + " network's own prediction.";

  private final ResultFolder folder;
  private final ObjectNode spec;
  private final Labels labels;
  private final boolean labelled;
  private final long start = System.nanoTime();

  /** Opens a folder for a sweep, or goes on with the same one. */
  public SweepFolder(Path path, SweepSpec sweep, Classifier classifier, DataSet images) {
    spec = MAPPER.createObjectNode();
    spec.put("model", classifier.card().nameInResults());
    spec.put("modelSha256", classifier.card().sha256());
    spec.put("images", images.name());
    spec.put("count", images.size());
    spec.put("imagesSha256", images.sha256());
    spec.set("attack", ResultJson.algorithm(sweep.attack()));
    spec.put("norm", sweep.norm().name());
    ArrayNode epsilons = spec.putArray("epsilons");
    sweep.epsilons().forEach(epsilons::add);
    sweep.target().ifPresent(target -> spec.put("target", target));
    spec.put("rounding", sweep.rounding());
    spec.put("seed", sweep.seed());
    spec.put("batch", sweep.batch());
    labels = classifier.labels();
    labelled = images.isLabelled();
    folder = ResultFolder.open(path, spec, "sweep.json");
    folder.leaveOut(images.leftOut());
  }

  /** The tracks of a batch that was finished before. */
  public Optional<List<Sweep.Track>> recall(int first) {
    return folder.recall(
        part(first),
        json -> {
          List<Sweep.Track> tracks = new ArrayList<>();
          for (JsonNode track : json) {
            tracks.add(MAPPER.treeToValue(track, Sweep.Track.class));
          }
          return tracks;
        });
  }

  /** Keeps the tracks of a batch. */
  public void keep(int first, List<Sweep.Track> tracks) {
    folder.keep(part(first), MAPPER.<JsonNode>valueToTree(tracks));
  }

  private static String part(int first) {
    return "parts/%s.json".formatted(first);
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    folder.abandon();
  }

  /**
   * Writes the sweep as JSON, table, drawings and page.
   *
   * @return the page
   */
  public Path finish(Sweep sweep, Provenance provenance) {
    folder.write("sweep.csv", Csv.table(HEADER, rows(sweep)));
    folder.write("sweep.png", summary(sweep).png());
    Map<String, Plot> drawings = new LinkedHashMap<>();
    FileNames names = new FileNames();
    for (Sweep.Track track :
        sweep.tracks().subList(0, Math.min(IMAGES_DRAWN, sweep.tracks().size()))) {
      drawings.put(names.unique("image-" + fileName(track.image())) + ".png", drawing(track));
    }
    drawings.forEach((file, plot) -> folder.write(file, plot.png()));
    ObjectNode result = result(sweep, provenance);
    folder.writeResult(result);
    folder.write("report.html", page(sweep, drawings, result));
    return folder.resolve("report.html");
  }

  private String page(Sweep sweep, Map<String, Plot> drawings, ObjectNode result) {
    RobustnessTable summary = SweepTable.of(sweep, norm(), labelled);
    return new HtmlPage(
            "Success against epsilon, " + Json.text(spec, "model"),
            Facts.of(spec),
            List.of(
                new Block.Section(
                    "All images",
                    Block.Group.ofPlots(folder.path(), Map.of("sweep.png", summary(sweep))),
                    new Block.Table(summary.header(), summary.rows(), 1),
                    new Block.Note(
                        "Success is the share of images for which the attack succeeds; the"
                            + " probabilities are means over the images."
                            + (labelled ? "" : UNLABELLED))),
                new Block.Section("Image by image", Block.Group.ofPlots(folder.path(), drawings))),
            result,
            spec)
        .html();
  }

  private static String fileName(String image) {
    return image.replaceAll("\\.[A-Za-z]+$", "");
  }

  private List<List<String>> rows(Sweep sweep) {
    List<List<String>> rows = new ArrayList<>();
    for (Sweep.Track track : sweep.tracks()) {
      for (Sweep.Step step : track.steps()) {
        Sweep.Score top = step.top().get(0);
        Sweep.Score second = step.top().get(Math.min(1, step.top().size() - 1));
        rows.add(
            List.of(
                track.image(),
                Integer.toString(track.label()),
                Double.toString(step.epsilon()),
                Boolean.toString(step.success()),
                Boolean.toString(step.roundedSuccess()),
                Double.toString(step.label()),
                Integer.toString(top.index()),
                labels.name(top.index()),
                Double.toString(top.probability()),
                Integer.toString(second.index()),
                labels.name(second.index()),
                Double.toString(second.probability()),
                Long.toString(step.l0()),
                Double.toString(step.l1()),
                Double.toString(step.l2()),
                Double.toString(step.linf())));
      }
    }
    return rows;
  }

  private ObjectNode result(Sweep sweep, Provenance provenance) {
    ObjectNode result = MAPPER.createObjectNode();
    result.set("sweep", spec);
    result.set("provenance", ResultJson.provenance(provenance, (System.nanoTime() - start) / 1e9));
    sweep.medianFirstFlip().ifPresent(epsilon -> result.put("medianFirstFlip", epsilon));
    ArrayNode sizes = result.putArray("epsilons");
    List<Proportion> success = sweep.success();
    List<Double> label = sweep.mean(Sweep.Step::label);
    List<Double> l2 = sweep.mean(Sweep.Step::l2);
    for (int e = 0; e < success.size(); e++) {
      ObjectNode size = sizes.addObject();
      size.put("epsilon", sweep.epsilons().get(e));
      size.set("success", ResultJson.proportion(success.get(e)));
      size.put("meanLabelProbability", label.get(e));
      size.put("meanL2", l2.get(e));
    }
    ArrayNode tracks = result.putArray("images");
    for (Sweep.Track track : sweep.tracks()) {
      ObjectNode node = MAPPER.valueToTree(track);
      node.remove("firstFlip");
      track.firstFlip().ifPresent(epsilon -> node.put("firstFlip", epsilon));
      tracks.add(node);
    }
    return result;
  }

  private Norm norm() {
    return Norm.valueOf(spec.path("norm").asString());
  }

  private EpsilonAxis axis(List<Double> epsilons) {
    return EpsilonAxis.of(norm(), epsilons);
  }

  private List<Double> places(List<Double> epsilons) {
    return axis(epsilons).places(epsilons);
  }

  private LinePlot summary(Sweep sweep) {
    List<Double> x = places(sweep.epsilons());
    List<Line> lines =
        List.of(
            new Line("success", x, sweep.success().stream().map(Proportion::value).toList()),
            new Line(
                labelled
                    ? "mean probability of the label"
                    : "mean probability of the first prediction",
                x,
                sweep.mean(Sweep.Step::label)),
            new Line(
                "mean probability of the top class",
                x,
                sweep.mean(step -> step.top().get(0).probability())));
    String title =
        "%s on %s, %s images"
            .formatted(
                Titles.of(spec.path("attack")),
                spec.path("model").asString(),
                sweep.tracks().size());
    return marked(
        LinePlot.of(title, axis(sweep.epsilons()).title(), "share", lines).within(0, 1),
        sweep.medianFirstFlip(),
        sweep.epsilons(),
        "median first flip");
  }

  /** The probabilities of the classes that are likeliest at first and at last. */
  private LinePlot drawing(Sweep.Track track) {
    List<Double> epsilons = track.steps().stream().map(Sweep.Step::epsilon).toList();
    Set<Integer> classes = new LinkedHashSet<>();
    classes.add(track.before().get(0).index());
    track.steps().get(track.steps().size() - 1).top().stream()
        .limit(2)
        .forEach(score -> classes.add(score.index()));
    track.before().forEach(score -> classes.add(score.index()));
    List<Line> lines = new ArrayList<>();
    for (int index : classes.stream().limit(CLASSES_DRAWN).toList()) {
      List<Integer> known =
          IntStream.range(0, epsilons.size())
              .filter(e -> probability(track, track.steps().get(e), index).isPresent())
              .boxed()
              .toList();
      lines.add(
          new Line(
              labels.name(index),
              places(epsilons, known),
              known.stream()
                  .map(e -> probability(track, track.steps().get(e), index).getAsDouble())
                  .toList()));
    }
    return marked(
        LinePlot.of(track.image(), axis(epsilons).title(), "probability", lines).within(0, 1),
        track.firstFlip(),
        epsilons,
        "first flip");
  }

  private List<Double> places(List<Double> epsilons, List<Integer> known) {
    List<Double> all = places(epsilons);
    return known.stream().map(all::get).toList();
  }

  /** The probability of a class, where it is among those that were noted. */
  private static OptionalDouble probability(Sweep.Track track, Sweep.Step step, int index) {
    for (int i = 0; i < track.before().size(); i++) {
      if (track.before().get(i).index() == index) {
        return OptionalDouble.of(step.tracked().get(i));
      }
    }
    return step.top().stream()
        .filter(score -> score.index() == index)
        .mapToDouble(Sweep.Score::probability)
        .findFirst();
  }

  private LinePlot marked(
      LinePlot plot, OptionalDouble epsilon, List<Double> epsilons, String name) {
    if (epsilon.isEmpty()) {
      return plot;
    }
    double place = places(epsilons).get(epsilons.indexOf(epsilon.getAsDouble()));
    return plot.markedAt(
        place, "%s: %s".formatted(name, Epsilon.text(norm(), epsilon.getAsDouble())));
  }
}
