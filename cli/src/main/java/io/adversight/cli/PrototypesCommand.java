package io.adversight.cli;

import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.data.DataSet;
import io.adversight.describe.Check;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.report.image.ImagesPage;
import io.adversight.report.study.PrototypeSheet;
import io.adversight.study.image.ImageSource;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows which training patches a network by prototypes finds in images. */
@Example("adversight prototypes --model aviary-protopnet --out my-prototypes aviary:0")
@Command(
    name = "prototypes",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the prototypes that contribute most to a class in images, and their training patches:",
      "one PNG sheet for each image."
    },
    sortOptions = false)
final class PrototypesCommand implements Callable<Integer> {
  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();
  @Mixin ImageOptions images = new ImageOptions();

  @Option(names = "--top", paramLabel = "K", description = "how many prototypes (default: 4)")
  int top = 4;

  @Mixin ClassOption explained = new ClassOption();

  @Option(names = "--out", paramLabel = "FOLDER", description = "for the sheets", required = true)
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  PrototypesCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    Check.atLeast(1, top, "top");
    List<ImageSource> sources = images.sources(home);
    GraphClassifier classifier = model.open(home);
    OptionalInt chosen = explained.in(classifier.labels(), spec.commandLine().getErr());
    Map<String, DataSet> sets = new HashMap<>();
    List<ImagesPage.Captioned> sheets = new ArrayList<>();
    for (ImageSource source : sources) {
      for (InputImage image :
          images.read(List.of(source), classifier.card(), classifier.labels())) {
        sheets.add(show(image, classifier, chosen, sets));
      }
    }
    ReportLine.print(
        spec.commandLine().getOut(),
        ImagesPage.write(
            folder(),
            "This looks like that, " + classifier.card().name(),
            Map.of("images", Integer.toString(sheets.size())),
            sheets));
    return 0;
  }

  private ImagesPage.Captioned show(
      InputImage image, GraphClassifier classifier, OptionalInt chosen, Map<String, DataSet> sets) {
    PrintWriter printer = spec.commandLine().getOut();
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(image.view())).to(classifier.device());
      int seen = classifier.predict(pixels).get(0).top();
      int about = chosen.orElse(seen);
      List<PrototypeMatch> matches =
          PrototypeMatch.of(classifier.trace(pixels), Objective.Logit.of(about), top).get(0);
      Path sheet = folder().resolve(image.name() + ".png");
      ImageFiles.writePng(
          PrototypeSheet.of(
              image.view(),
              matches,
              name -> sets.computeIfAbsent(name, id -> Downloads.dataSet(id, home))),
          sheet);
      printer.printf(
          "%s: %s, for %s%n",
          image.file(), classifier.labels().name(seen), classifier.labels().name(about));
      matches.forEach(match -> print(printer, match));
      return new ImagesPage.Captioned(
          sheet,
          "%s: %s, compared for %s"
              .formatted(
                  image.file(), classifier.labels().name(seen), classifier.labels().name(about)));
    }
  }

  private static void print(PrintWriter printer, PrototypeMatch match) {
    printer.printf(
        Locale.ROOT,
        "  %+.3f  similarity %.3f at (%d, %d)  prototype %d: %s%n",
        match.contribution(),
        match.similarity(),
        match.row(),
        match.column(),
        match.number(),
        match
            .source()
            .map(p -> "%s, %s at (%s, %s)".formatted(p.dataSet(), p.name(), p.row(), p.column()))
            .orElse("of unknown origin"));
  }

  private Path folder() {
    try {
      return Files.createDirectories(out);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be made".formatted(out), e);
    }
  }
}
