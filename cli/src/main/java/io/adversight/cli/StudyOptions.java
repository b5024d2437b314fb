package io.adversight.cli;

import io.adversight.attack.Norm;
import io.adversight.catalog.Kind;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.StudyFolder;
import io.adversight.study.Algorithm;
import io.adversight.study.Picture;
import io.adversight.study.PictureSource;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that study pictures have in common. */
final class StudyOptions {
  @Mixin ModelOptions model = new ModelOptions();
  @Mixin PictureOptions pictures = new PictureOptions();

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "the class that is explained, by index or name (default: the predicted one)")
  @Nullable String explained;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "the layer of explanations that have one (see: adversight layers)")
  @Nullable String layer;

  @Mixin OutputOptions output = new OutputOptions();

  /** What attacks of a study have beside. */
  record Attacking(
      List<Algorithm> attacks,
      Norm norm,
      List<Double> epsilons,
      @Nullable String target,
      boolean rounding,
      boolean quantize,
      boolean smallest,
      int film) {
    Attacking {
      attacks = List.copyOf(attacks);
      epsilons = List.copyOf(epsilons);
    }

    static Attacking none() {
      return new Attacking(List.of(), Norm.LINF, List.of(), null, false, false, false, 0);
    }
  }

  int run(
      DataHome home,
      Attacking attacking,
      List<Algorithm> methods,
      List<String> command,
      PrintWriter printer) {
    List<PictureSource> sources = pictures.sources(home);
    GraphClassifier classifier = model.open(home);
    StudySpec spec =
        new StudySpec(
            attacking.attacks(),
            attacking.norm(),
            attacking.epsilons(),
            PictureOptions.classOf(attacking.target(), classifier.labels()),
            methods,
            PictureOptions.classOf(explained, classifier.labels()),
            output.seed,
            output.batch,
            attacking.rounding(),
            attacking.quantize(),
            attacking.smallest());
    Study plain = new Study(spec, classifier);
    Study study = attacking.film() == 0 ? plain : plain.filming(attacking.film());
    List<Picture> checked = firstBatch(sources, classifier);
    Path folder = output.folder();
    StudyFolder results = new StudyFolder(folder, spec, classifier);
    boolean finished = false;
    try (Cancelling cancelling = Cancelling.open();
        Console console =
            Console.open(
                "pictures", sources.size(), Console.isInteractive() && sources.size() > 1)) {
      study(study, results, sources, checked, classifier, console, cancelling.flag());
      finished = true;
    } finally {
      if (!finished) {
        results.abandon();
      }
    }
    Path report = results.finish(Provenance.of(classifier, command));
    print(printer, folder, report);
    return 0;
  }

  /** Reads the first pictures before anything is written, so that a wrong file leaves no trace. */
  private List<Picture> firstBatch(List<PictureSource> sources, GraphClassifier classifier) {
    return read(sources.subList(0, Math.min(output.batch, sources.size())), classifier);
  }

  private static List<Picture> read(List<PictureSource> sources, GraphClassifier classifier) {
    return sources.stream()
        .map(source -> source.read(classifier.card(), classifier.labels()))
        .toList();
  }

  private void study(
      Study study,
      StudyFolder results,
      List<PictureSource> sources,
      List<Picture> checked,
      GraphClassifier classifier,
      Console console,
      AtomicBoolean cancel) {
    for (int start = 0; start < sources.size(); start += output.batch) {
      List<PictureSource> some =
          sources.subList(start, Math.min(sources.size(), start + output.batch));
      boolean done = true;
      for (PictureSource source : some) {
        done &= results.isDone(source.name());
      }
      if (!done) {
        List<Picture> batchOfPictures = start == 0 ? checked : read(some, classifier);
        study.run(batchOfPictures, start, results, console.progress(start), cancel);
      }
      console.stepTo(start + some.size(), sources.size());
    }
  }

  private void print(PrintWriter printer, Path folder, Path report) {
    if (output.json) {
      output.printJson(printer, folder.resolve("result.json"));
    } else {
      Summary.print(printer, folder.resolve("result.json"));
      printer.println("results in " + folder);
      printer.println("report: " + report);
    }
  }

  /** The named algorithms with the layer option applied to those that have a layer. */
  List<Algorithm> withLayer(List<Algorithm> methods, Kind... kinds) {
    if (layer == null) {
      return methods;
    }
    List<Algorithm> changed = new ArrayList<>();
    boolean used = false;
    for (Algorithm method : methods) {
      boolean has =
          method.entry(kinds).parameters().stream().anyMatch(p -> p.name().equals("layer"));
      used |= has;
      Map<String, String> parameters = new LinkedHashMap<>(method.parameters());
      if (has) {
        parameters.putIfAbsent("layer", layer);
      }
      changed.add(new Algorithm(method.id(), parameters));
    }
    if (!used) {
      throw new IllegalArgumentException("--layer was given, but no method has a layer");
    }
    return changed;
  }
}
