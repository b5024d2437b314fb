package io.adversight.cli;

import io.adversight.attack.BoundedAttack;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.catalog.Parameter;
import io.adversight.input.InputException;
import io.adversight.study.Algorithm;
import io.adversight.study.ExplanationMethods;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that follow from the catalogue: every parameter of the algorithms named on the command
 * line is an option, {@code --steps}, or {@code --pgd.steps} where several have one of that name.
 */
final class AlgorithmOptions {
  static final Kind[] ATTACKS = {Kind.BOUNDED_ATTACK, Kind.MINIMAL_ATTACK, Kind.TRANSFORM_ATTACK};
  static final Kind[] METHODS = ExplanationMethods.KINDS.toArray(Kind[]::new);

  private AlgorithmOptions() {}

  /** A command that names algorithms. */
  interface Named {
    /** The options that name algorithms, with their default values and the kinds they mean. */
    List<Naming> namings();
  }

  /**
   * An option whose value is a list of algorithms.
   *
   * @param option its name
   * @param defaults used where the option is absent
   * @param kinds of the algorithms
   */
  record Naming(String option, String defaults, List<Kind> kinds) {
    Naming {
      kinds = List.copyOf(kinds);
    }

    List<String> ids(String value) {
      return Arrays.stream(value.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }
  }

  /** The command with the options of the algorithms that {@code args} name. */
  static CommandLine addTo(Named command, String... args) {
    CommandLine line = new CommandLine(command);
    List<Entry<?>> named = new ArrayList<>();
    for (Naming naming : command.namings()) {
      for (String id : naming.ids(value(naming, args))) {
        known(naming, id).ifPresent(named::add);
      }
    }
    CommandSpec spec = line.getCommandSpec();
    for (Entry<?> entry : named) {
      if (entry.parameters().isEmpty() || spec.optionsMap().containsKey(dotted(entry, 0))) {
        continue;
      }
      ArgGroupSpec.Builder group =
          ArgGroupSpec.builder()
              .exclusive(false)
              .validate(false)
              .heading("%nParameters of " + entry.id() + " (" + entry.title() + "):%n");
      for (int i = 0; i < entry.parameters().size(); i++) {
        group.addArg(option(entry, i, named, spec, helps(args)));
      }
      spec.addArgGroup(group.build());
    }
    return line;
  }

  /**
   * Whether the arguments ask for help on a command: ranges take a while and are shown there only.
   */
  private static boolean helps(String... args) {
    List<String> words = List.of(args);
    return words.size() > 1
        && (words.get(0).equals("help") || words.contains("--help") || words.contains("-h"));
  }

  /** An unknown name is reported, with the valid ones, when the command runs. */
  private static Optional<Entry<?>> known(Naming naming, String id) {
    try {
      return Optional.of(Catalog.find(id, naming.kinds().toArray(Kind[]::new)));
    } catch (NoSuchElementException e) {
      return Optional.empty();
    }
  }

  private static String dotted(Entry<?> entry, int parameter) {
    return "--" + entry.id() + "." + entry.parameters().get(parameter).name();
  }

  private static OptionSpec option(
      Entry<?> entry, int index, List<Entry<?>> named, CommandSpec spec, boolean ranges) {
    Parameter parameter = entry.parameters().get(index);
    String plain = "--" + parameter.name();
    long owners =
        named.stream()
            .distinct()
            .filter(e -> e.parameters().stream().anyMatch(p -> p.name().equals(parameter.name())))
            .count();
    List<String> names = new ArrayList<>();
    if (owners == 1 && !spec.optionsMap().containsKey(plain)) {
      names.add(plain);
    }
    names.add(dotted(entry, index));
    String range = ranges ? entry.range(parameter) : "";
    String shown = parameter.defaultText().isEmpty() ? "none" : parameter.defaultText();
    return OptionSpec.builder(names.toArray(String[]::new))
        .type(String.class)
        .paramLabel("<" + parameter.typeName() + ">")
        .description(
            parameter.doc().replace("%", "%%")
                + " (default: "
                + shown.replace("%", "%%")
                + (range.isEmpty() || range.equals("any") ? "" : "; " + range)
                + ")")
        .build();
  }

  private static String value(Naming naming, String... args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(naming.option()) && i + 1 < args.length) {
        return args[i + 1];
      }
      if (args[i].startsWith(naming.option() + "=")) {
        return args[i].substring(naming.option().length() + 1);
      }
    }
    return naming.defaults();
  }

  /**
   * The only algorithm that {@code value} names.
   *
   * @throws IllegalArgumentException if it names several
   */
  static Algorithm only(CommandSpec spec, Naming naming, String value) {
    List<Algorithm> named = read(spec, naming, value);
    if (named.size() != 1) {
      throw new InputException(
          "%s takes one name here, but got \"%s\"".formatted(naming.option(), value));
    }
    return named.get(0);
  }

  private static void note(CommandSpec spec, String id, String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("note: %s: %s".formatted(id, text));
    err.flush();
  }

  /**
   * The algorithms that {@code value} names, with the parameters given on the command line.
   *
   * @throws NoSuchElementException for an unknown algorithm, naming the valid ones
   */
  static List<Algorithm> read(CommandSpec spec, Naming naming, String value) {
    List<Algorithm> algorithms = new ArrayList<>();
    for (String id : naming.ids(value)) {
      Entry<?> entry = Catalog.find(id, naming.kinds().toArray(Kind[]::new));
      Map<String, String> parameters = new LinkedHashMap<>();
      for (int i = 0; i < entry.parameters().size(); i++) {
        OptionSpec option = spec.optionsMap().get(dotted(entry, i));
        Object given =
            option == null
                ? null
                : spec.commandLine().getParseResult().matchedOptionValue(dotted(entry, i), null);
        if (given != null) {
          parameters.put(entry.parameters().get(i).name(), given.toString());
        }
      }
      if (entry.create(parameters) instanceof BoundedAttack attack) {
        attack.caution().ifPresent(text -> note(spec, entry.id(), text));
      }
      algorithms.add(new Algorithm(entry.id(), parameters));
    }
    return algorithms;
  }
}
