package io.adversight.cli;

import io.adversight.data.Labels;
import io.adversight.home.DataHome;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Prediction;
import io.adversight.study.image.ImageSource;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Scope;
import io.adversight.text.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Classifies images. */
@Example("adversight predict --model aviary aviary:0-3")
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = "Classifies images.",
    sortOptions = false)
final class PredictCommand implements Callable<Integer> {
  private static final int BATCH = 16;

  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();
  @Mixin ImageOptions images = new ImageOptions();

  @Option(names = "--top", paramLabel = "K", description = "classes shown (default: 5)")
  int top = 5;

  @Option(
      names = "--json",
      description = "print JSON with all logits and probabilities in full precision")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  PredictCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    List<ImageSource> sources = images.sources(home);
    GraphClassifier classifier = model.openAny(home);
    PrintWriter out = spec.commandLine().getOut();
    JsonMapper mapper = Json.MAPPER;
    ArrayNode all = mapper.createArrayNode();
    for (int start = 0; start < sources.size(); start += BATCH) {
      List<InputImage> batch =
          images.read(
              sources.subList(start, Math.min(sources.size(), start + BATCH)),
              classifier.card(),
              classifier.labels());
      if (batch.isEmpty()) {
        continue;
      }
      List<Prediction> predictions = predict(classifier, batch);
      for (int i = 0; i < batch.size(); i++) {
        if (json) {
          all.add(json(mapper, batch.get(i), predictions.get(i), classifier.labels()));
        } else {
          print(out, batch.get(i), predictions.get(i), classifier.labels());
        }
      }
    }
    if (json) {
      ObjectNode result = mapper.createObjectNode();
      result.put("model", classifier.card().nameInResults());
      result.put("engine", classifier.engine());
      result.set("images", all);
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(result));
    }
    return 0;
  }

  static List<Prediction> predict(GraphClassifier classifier, List<InputImage> batch) {
    try (Scope scope = Scope.open()) {
      return classifier.predict(
          Batches.of(batch.stream().map(InputImage::view).toList()).to(classifier.device()));
    }
  }

  private void print(PrintWriter out, InputImage image, Prediction prediction, Labels labels) {
    out.println(image.file());
    for (int index : prediction.top(top)) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %6.2f %%  %4d  %s",
              100 * prediction.probability(index),
              index,
              labels.name(index)));
    }
  }

  private ObjectNode json(
      JsonMapper mapper, InputImage image, Prediction prediction, Labels labels) {
    ObjectNode node = mapper.createObjectNode();
    node.put("name", image.name());
    node.put("file", image.file());
    ArrayNode rows = node.putArray("top");
    for (int index : prediction.top(top)) {
      ObjectNode row = rows.addObject();
      row.put("index", index);
      row.put("name", labels.name(index));
      row.put("probability", prediction.probability(index));
    }
    ArrayNode logits = node.putArray("logits");
    prediction.logits().forEach(logits::add);
    ArrayNode probabilities = node.putArray("probabilities");
    prediction.probabilities().forEach(probabilities::add);
    return node;
  }
}
