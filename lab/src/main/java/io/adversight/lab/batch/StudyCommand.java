package io.adversight.lab.batch;

import io.adversight.lab.export.CommandLine;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.model.GraphClassifier;
import io.adversight.study.AttackSpec.Option;
import io.adversight.study.StudySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command that makes the results of a study again. */
final class StudyCommand {
  private StudyCommand() {}

  /**
   * Its words; none for images that only the lab has, such as its samples and uploads, since no
   * command can name them.
   */
  static List<String> of(StudyForm form, StudySpec spec, GraphClassifier network, int images) {
    if (!form.source().kind().equals("dataset")) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of("adversight", "attack", "--model", form.model()));
    words.addAll(CommandLine.labelSet(form.labelSet()));
    words.addAll(CommandLine.defense(form.defenses(), network));
    words.addAll(List.of("--attack", ids(form.attacks())));
    form.attacks().forEach(attack -> words.addAll(CommandLine.parameters(attack)));
    if (!spec.epsilons().isEmpty()) {
      words.add("--epsilon");
      words.add(
          spec.epsilons().stream().map(CommandLine::epsilon).collect(Collectors.joining(",")));
    }
    words.addAll(List.of("--norm", spec.norm().name()));
    spec.target().ifPresent(target -> words.addAll(List.of("--target", Integer.toString(target))));
    List<AlgorithmChoice> methods = form.methods() == null ? List.of() : form.methods();
    words.addAll(List.of("--method", methods.isEmpty() ? "none" : ids(methods)));
    methods.forEach(method -> words.addAll(CommandLine.parameters(method)));
    words.addAll(List.of("--seed", Long.toString(spec.seed())));
    words.addAll(List.of("--batch", Integer.toString(spec.batch())));
    addIf(words, !spec.has(Option.ROUNDING), "--no-rounding");
    addIf(words, spec.has(Option.QUANTIZE), "--quantize");
    addIf(words, spec.has(Option.SMALLEST), "--minimal");
    words.add("%s:0-%s".formatted(form.source().name(), images - 1));
    return words;
  }

  private static String ids(List<AlgorithmChoice> choices) {
    return choices.stream().map(AlgorithmChoice::id).collect(Collectors.joining(","));
  }

  private static void addIf(List<String> words, boolean wanted, String word) {
    if (wanted) {
      words.add(word);
    }
  }
}
