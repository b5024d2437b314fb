package io.adversight.experiments;

import io.adversight.data.DataSet;
import io.adversight.experiments.Measured.Exhibit;
import io.adversight.home.DataHome;
import io.adversight.image.JpegCopy;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.plot.Plot;
import io.adversight.report.ResultFolder;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.text.Csv;
import io.adversight.training.Recipe;
import io.adversight.training.Train;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What an experiment measures with: its settings, networks and images; and where it puts what it
 * found. Stages that were finished before are not computed again, and networks not trained again.
 */
public final class Bench {
  private static final float JPEG_QUALITY = 0.85f;

  private final JsonNode settings;
  private final Networks networks;
  private final Images images;
  private final ResultFolder folder;
  private final Run run;
  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final List<Exhibit> exhibits = new ArrayList<>();
  private final long total;
  private long done;

  Bench(Plan plan, RunOptions options, DataHome home, ResultFolder folder, Run run) {
    this.settings = options.settings(plan);
    this.networks = new Networks(home, plan.needs(), options.engine());
    this.images = new Images(home, plan.needs());
    this.folder = folder;
    this.run = run;
    this.total = Math.max(1, settings.path("stages").asLong(1));
  }

  /** The settings of this run: those of {@code study.json}, with those of the command line. */
  public JsonNode settings() {
    return settings;
  }

  /** A number among the settings. */
  public double setting(String name) {
    return settings.path(name).asDouble();
  }

  /** A whole number among the settings. */
  public int count(String name) {
    return settings.path(name).asInt();
  }

  /** A list of numbers among the settings, such as epsilons. */
  public List<Double> values(String name) {
    return StreamSupport.stream(settings.path(name).spliterator(), false)
        .map(JsonNode::asDouble)
        .toList();
  }

  /** A list of names among the settings, such as networks. */
  public List<String> names(String name) {
    return StreamSupport.stream(settings.path(name).spliterator(), false)
        .map(JsonNode::asString)
        .toList();
  }

  /** The networks opened so far. */
  List<GraphClassifier> opened() {
    return networks.opened();
  }

  /** The network that the setting {@code model}, or the option {@code --model}, names. */
  public GraphClassifier network() {
    return network(settings.path("model").asString());
  }

  /**
   * A network by name; opened once.
   *
   * @throws io.adversight.input.InputException if it is not here, saying where to get it
   */
  public GraphClassifier network(String name) {
    return networks.open(name);
  }

  /**
   * A network that is trained here, once; a training that was stopped goes on.
   *
   * @param name of its folder in {@code networks/}
   */
  public GraphClassifier trained(String name, Recipe recipe) {
    Path out = trained(name, recipe, Train.Keep.LAST);
    return networks.read(
        out.resolve(recipe.name() + ".onnx"),
        ModelCard.read(out.resolve(recipe.name() + ".card.json")));
  }

  /** A network that is trained here: before the training and after each epoch. */
  public List<GraphClassifier> trainedByEpoch(String name, Recipe recipe) {
    Path out = trained(name, recipe, Train.Keep.EVERY_EPOCH);
    ModelCard card = ModelCard.read(out.resolve(recipe.name() + ".card.json"));
    return IntStream.rangeClosed(0, recipe.epochs())
        .mapToObj(e -> String.format(Locale.ROOT, "%s-%03d.onnx", recipe.name(), e))
        .map(file -> networks.read(out.resolve(Train.EPOCHS).resolve(file), card))
        .toList();
  }

  private Path trained(String name, Recipe recipe, Train.Keep keep) {
    Path out = folder.resolve("networks/" + name);
    if (!Files.exists(out.resolve(recipe.name() + ".card.json"))) {
      Train.run(
          recipe,
          home(),
          out,
          keep,
          0,
          (steps, all, what) -> {
            run.checkCancelled();
            run.report(done, Math.max(total, done), "training " + name);
          },
          epoch -> {});
    }
    return out;
  }

  /** A network that takes images of another size than its own. */
  public GraphClassifier network(String name, int pixels) {
    return networks.open(name, pixels);
  }

  /**
   * As many as the setting {@code count} of the images that the setting {@code images} names,
   * evenly spread over the whole set, so that all classes take part.
   */
  public DataSet images() {
    return images.find(settings.path("images").asString(), count("count"));
  }

  /** Images by the name of a data set or folder, evenly spread; all for a count of 0. */
  public DataSet images(String name, int count) {
    return images.find(name, count);
  }

  /** The data home, for what has no other way here. */
  public DataHome home() {
    return networks.home();
  }

  /** Seeded by the setting {@code seed}. */
  public Rng rng() {
    return new Rng(settings.path("seed").asLong());
  }

  /** Hears of the wish to stop; for attacks and explanations take {@code Run.of(...)}. */
  public Run run() {
    return run;
  }

  /** A part of the work that is kept: computed only if it was not finished before. */
  public JsonNode stage(String name, Supplier<? extends JsonNode> work) {
    run.report(done++, Math.max(total, done), name);
    String file = "parts/" + name + ".json";
    return folder
        .recall(file)
        .orElseGet(
            () -> {
              JsonNode result = work.get();
              folder.keep(file, result);
              return result;
            });
  }

  /** A stage for each of {@code count} images or other things, numbered from 0. */
  public List<JsonNode> each(String name, int count, IntFunction<? extends JsonNode> work) {
    List<JsonNode> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = i;
      results.add(stage(name + "-" + i, () -> work.apply(index)));
    }
    return results;
  }

  /** Notes a measured number, under the name that claims and printed numbers have for it. */
  public void number(String name, double value) {
    if (Double.isFinite(value)) {
      numbers.put(name, value);
    }
  }

  /** Notes something measured that is no number, such as a class. */
  public void text(String name, String value) {
    texts.put(name, value);
  }

  /** Adds a table: {@code NAME.csv}. */
  public void table(String name, String caption, List<String> header, List<List<String>> rows) {
    write(name + ".csv", caption, Csv.table(header, rows).getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a plot: {@code NAME.svg}. */
  public void plot(String name, Plot plot) {
    write(name + ".svg", plot.title(), plot.svg());
  }

  /** Adds an image, {@code NAME.jpg}, drawn only if an earlier run did not. */
  public void image(String name, String caption, Supplier<Raster> drawing) {
    String file = name + ".jpg";
    if (!Files.exists(folder.resolve("results/" + file))) {
      folder.write("results/" + file, JpegCopy.bytes(drawing.get(), JPEG_QUALITY));
    }
    exhibits.add(new Exhibit(file, caption));
  }

  /** Adds a table whose cells show images: {@code NAME.cells.json}. */
  public void cells(String name, String caption, Cells cells) {
    write(name + Cells.ENDING, caption, cells.toJson().getBytes(StandardCharsets.UTF_8));
  }

  private void write(String file, String caption, byte[] content) {
    folder.write("results/" + file, content);
    exhibits.add(new Exhibit(file, caption));
  }

  /** What was found so far. */
  Measured measured(boolean quick, JsonNode origin) {
    return new Measured(quick, settings, numbers, texts, exhibits, origin);
  }
}
