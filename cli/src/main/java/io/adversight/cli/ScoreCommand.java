package io.adversight.cli;

import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.report.detection.DetectorFile;
import io.adversight.study.detection.Detection;
import io.adversight.study.detection.DetectorSet;
import io.adversight.study.image.ImageSource;
import io.adversight.text.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Scores images with a calibrated detector. */
@Example({
  "adversight detect calibrate --model digits --out my-detector.json drawn-digits:0-49",
  "adversight detect score --model digits --detector my-detector.json drawn-digits:50-52"
})
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = "Classifies each image as clean or adversarial, with the scores of the detector.",
    sortOptions = false)
final class ScoreCommand implements Callable<Integer> {
  private static final int BATCH = 16;

  private final DataHome home;

  @Option(
      names = "--detector",
      required = true,
      paramLabel = "FILE",
      description = "from: adversight detect calibrate")
  Path detector = Path.of("detector.json");

  @Option(names = "--json", description = "print JSON with the scores of all detectors")
  boolean json;

  @Mixin BatchTaskOptions work = new BatchTaskOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  ScoreCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    DetectorSet set = DetectorFile.read(detector);
    List<ImageSource> sources = work.sources(home);
    GraphClassifier classifier = work.model.open(home);
    set.checkModel(classifier.card().nameInResults(), classifier.card().sha256());
    List<Detection> detections = new ArrayList<>();
    PrintWriter out = spec.commandLine().getOut();
    work.run(
        sources,
        classifier,
        BATCH,
        (images, cancel) -> {
          List<Detection> some = Detection.of(set, classifier, images, cancel);
          if (json) {
            detections.addAll(some);
          } else {
            some.forEach(detection -> print(out, detection, classifier));
          }
        });
    if (json) {
      out.println(json(set, detections, classifier));
    }
    return 0;
  }

  private static void print(PrintWriter out, Detection detection, GraphClassifier classifier) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-12s score %8.4f, threshold %8.4f   %s   %s",
            detection.isAdversarial() ? "ADVERSARIAL" : "clean",
            detection.score(),
            detection.threshold(),
            classifier.labels().name(detection.predicted()),
            detection.image().file()));
  }

  private static String json(
      DetectorSet set, List<Detection> detections, GraphClassifier classifier) {
    JsonMapper mapper = Json.MAPPER;
    ObjectNode result = mapper.createObjectNode();
    result.put("model", set.model());
    result.put("detector", set.detectors().get(0).name());
    ArrayNode images = result.putArray("images");
    for (Detection detection : detections) {
      ObjectNode node = images.addObject();
      node.put("name", detection.image().name());
      node.put("file", detection.image().file());
      node.put("predicted", classifier.labels().name(detection.predicted()));
      node.put("score", detection.score());
      node.put("threshold", detection.threshold());
      node.put("adversarial", detection.isAdversarial());
      ObjectNode all = node.putObject("scores");
      detection.scores().forEach(all::put);
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(result);
  }
}
