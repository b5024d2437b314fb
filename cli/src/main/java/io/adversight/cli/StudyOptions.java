package io.adversight.cli;

import io.adversight.catalog.Kind;
import io.adversight.data.ClassChoice;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.study.StudyFolder;
import io.adversight.study.Algorithm;
import io.adversight.study.AttackSpec;
import io.adversight.study.ExplanationSpec;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import io.adversight.study.image.ImageSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that study images have in common. */
final class StudyOptions {
  @Mixin BatchTaskOptions work = new BatchTaskOptions();

  @Mixin ClassOption explained = new ClassOption();

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "the layer of explanations that have one (see: adversight layers)")
  @Nullable String layer;

  @Mixin OutputOptions output = new OutputOptions();

  /** The attacks of a study as the command line asks for them. */
  record Attacking(
      List<Algorithm> attacks,
      BallOptions ball,
      Optional<ClassChoice> target,
      Set<AttackSpec.Option> options,
      int trajectory) {
    Attacking {
      attacks = List.copyOf(attacks);
      options = Set.copyOf(options);
    }

    static Attacking none() {
      return new Attacking(List.of(), new BallOptions(), Optional.empty(), Set.of(), 0);
    }
  }

  int run(
      DataHome home,
      Attacking attacking,
      List<Algorithm> methods,
      List<String> command,
      CommandLine line) {
    attacking.ball().check(attacking.attacks());
    List<ImageSource> sources = work.sources(home);
    GraphClassifier classifier = work.model.open(home);
    StudySpec spec = spec(attacking, methods, classifier, line.getErr());
    Study plain = new Study(spec, classifier);
    Study study = attacking.trajectory() == 0 ? plain : plain.recording(attacking.trajectory());
    Path folder = output.folder();
    Path report =
        work.run(
                sources,
                classifier,
                output.batch,
                () -> new StudyFolder(folder, spec, classifier, id -> Downloads.dataSet(id, home)),
                study::run)
            .finish(Provenance.of(classifier, command));
    print(line.getOut(), folder, report);
    return 0;
  }

  /** What these options ask of every image. */
  StudySpec spec(
      Attacking attacking, List<Algorithm> methods, GraphClassifier classifier, PrintWriter err) {
    ClassWord.index(work.images.label.label(), classifier.labels(), err);
    return new StudySpec(
        new AttackSpec(
            attacking.attacks(),
            attacking.ball().norm,
            attacking.attacks().isEmpty()
                ? List.of()
                : attacking.ball().epsilons(classifier.card().input()),
            ClassWord.index(attacking.target(), classifier.labels(), err),
            attacking.options()),
        new ExplanationSpec(methods, explained.in(classifier.labels(), err)),
        output.seed,
        output.batch);
  }

  private void print(PrintWriter printer, Path folder, Path report) {
    if (output.json) {
      output.printJson(printer, folder.resolve("result.json"));
    } else {
      Summary.print(printer, folder.resolve("result.json"));
      ReportLine.print(printer, report);
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
      throw new InputException("--layer was given, but no method has a layer");
    }
    return changed;
  }
}
