package io.adversight.cli;

import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.report.detection.DetectorFile;
import io.adversight.study.detection.Detection;
import io.adversight.study.detection.DetectorSet;
import io.adversight.study.picture.PictureSource;
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

/** Scores pictures with a calibrated detector. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = "Says of each picture whether the detector calls it adversarial.",
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

  @Mixin WorkOptions work = new WorkOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  ScoreCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    DetectorSet set = DetectorFile.read(detector);
    List<PictureSource> sources = work.sources(home);
    GraphClassifier classifier = work.model.open(home);
    set.checkModel(classifier.card().name(), classifier.card().sha256());
    List<Detection> verdicts = new ArrayList<>();
    PrintWriter out = spec.commandLine().getOut();
    work.run(
        sources,
        classifier,
        BATCH,
        (pictures, cancel) -> {
          List<Detection> some = Detection.of(set, classifier, pictures, cancel);
          if (json) {
            verdicts.addAll(some);
          } else {
            some.forEach(verdict -> print(out, verdict, classifier));
          }
        });
    if (json) {
      out.println(json(set, verdicts, classifier));
    }
    return 0;
  }

  private static void print(PrintWriter out, Detection verdict, GraphClassifier classifier) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-12s score %8.4f, threshold %8.4f   %s   %s",
            verdict.isAdversarial() ? "ADVERSARIAL" : "clean",
            verdict.score(),
            verdict.threshold(),
            classifier.labels().name(verdict.predicted()),
            verdict.picture().file()));
  }

  private static String json(
      DetectorSet set, List<Detection> verdicts, GraphClassifier classifier) {
    JsonMapper mapper = Json.MAPPER;
    ObjectNode result = mapper.createObjectNode();
    result.put("model", set.model());
    result.put("detector", set.detectors().get(0).name());
    ArrayNode pictures = result.putArray("images");
    for (Detection verdict : verdicts) {
      ObjectNode node = pictures.addObject();
      node.put("name", verdict.picture().name());
      node.put("file", verdict.picture().file());
      node.put("predicted", classifier.labels().name(verdict.predicted()));
      node.put("score", verdict.score());
      node.put("threshold", verdict.threshold());
      node.put("adversarial", verdict.isAdversarial());
      ObjectNode all = node.putObject("scores");
      verdict.scores().forEach(all::put);
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(result);
  }
}
