package io.adversight.cli;

import io.adversight.attack.fooling.FoolingImage;
import io.adversight.attack.fooling.ImageGenerator;
import io.adversight.catalog.Kind;
import io.adversight.data.ClassChoice;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.image.GeneratedFolder;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Rng;
import io.adversight.text.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Makes fooling images. */
@Example("adversight fooling-images --model digits --class 3,7")
@Command(
    name = "fooling-images",
    mixinStandardHelpOptions = true,
    description = {
      "Makes fooling images of high confidence: by gradient ascent, by evolution for one class",
      "after the other or for all at once, or plain noise as a baseline. Writes the images, a",
      "gallery as PNG and HTML, the confidences, and for evolved images the lineage.",
      "Started again with the same --out, it resumes from the last checkpoint."
    },
    sortOptions = false)
final class FoolingImagesCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final int SHOWN = 12;
  private static final AlgorithmOptions.Naming GENERATOR =
      new AlgorithmOptions.Naming("--generator", "fooling-ascent", List.of(Kind.IMAGE_GENERATOR));

  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--generator",
      paramLabel = "NAME",
      description = "from: adversight catalog (default: fooling-ascent)")
  String generator = GENERATOR.defaults();

  @Option(
      names = "--class",
      split = ",",
      paramLabel = "CLASS",
      description = "target classes, by index or name (default: all)")
  List<String> classes = List.of();

  @Option(
      names = "--each",
      paramLabel = "N",
      description = "images per class (default: 1); more for the statistics of noise")
  int each = 1;

  @Option(names = "--seed", paramLabel = "N", description = "of all randomness (default: 0)")
  long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE}); unfinished work in it is resumed")
  Path out = Path.of("");

  @Option(names = "--json", description = "print result.json instead of a summary")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  FoolingImagesCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(GENERATOR);
  }

  @Override
  public Integer call() {
    if (each < 1) {
      throw new InputException("--each must be at least 1, but was " + each);
    }
    Algorithm algorithm = AlgorithmOptions.only(spec, GENERATOR, generator);
    ImageGenerator maker = algorithm.create(ImageGenerator.class, Kind.IMAGE_GENERATOR);
    GraphClassifier classifier = model.open(home);
    List<Integer> wanted = wanted(classifier);
    Path path = out;
    GeneratedFolder folder = new GeneratedFolder(path, classifier, algorithm, wanted, seed);
    List<FoolingImage> images =
        LongTask.run(
            "images",
            wanted.size(),
            folder::abandon,
            run ->
                maker.generate(classifier, wanted, folder.checkpoint(), run.seeded(new Rng(seed))));
    Path report = folder.finish(images, Provenance.of(classifier, CommandWords.of(spec)));
    print(classifier, images, report);
    return 0;
  }

  private List<Integer> wanted(GraphClassifier classifier) {
    List<Integer> named =
        classes.isEmpty()
            ? IntStream.range(0, classifier.card().classes()).boxed().toList()
            : classes.stream()
                .map(
                    name ->
                        ClassWord.index(
                                Optional.of(ClassChoice.either(name)),
                                classifier.labels(),
                                spec.commandLine().getErr())
                            .orElseThrow())
                .toList();
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      all.addAll(named);
    }
    return all;
  }

  private void print(GraphClassifier classifier, List<FoolingImage> images, Path report) {
    PrintWriter printer = spec.commandLine().getOut();
    JsonNode result = Json.MAPPER.readTree(report.resolveSibling("result.json").toFile());
    if (json) {
      printer.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result));
      return;
    }
    TextTable table = new TextTable(List.of("class", "confidence", "ancestors"));
    for (FoolingImage one : images.subList(0, Math.min(SHOWN, images.size()))) {
      table.row(
          List.of(
              classifier.labels().name(one.target()),
              TextTable.percent(one.confidence()),
              Integer.toString(one.lineage().size())));
    }
    table.print(printer);
    if (images.size() > SHOWN) {
      printer.println("...");
    }
    JsonNode statistics = result.path("statistics");
    printer.println(
        String.format(
            Locale.ROOT,
            "most probable class of %d images: mean %.1f %%, median %.1f %%, at least 90 %% for"
                + " %.1f %%",
            images.size(),
            100 * Json.number(statistics.path("mean")),
            100 * Json.number(statistics.path("median")),
            100 * Json.number(statistics.path("aboveNine"))));
    ReportLine.print(printer, report);
  }
}
