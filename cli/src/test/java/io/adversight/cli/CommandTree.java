package io.adversight.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands of the program, as picocli knows them. */
final class CommandTree {
  private CommandTree() {}

  /** A command that writes a folder, in words that can be parsed but name nothing that exists. */
  record Writing(String name, List<String> words) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Every command that has {@code --out FOLDER}. */
  static List<Writing> writing(Path home) {
    return leaves(home)
        .filter(line -> LockedExecution.folder(line).isPresent())
        .map(line -> new Writing(name(line), words(line)))
        .toList();
  }

  /** Every command whose result is one file, in words that lack the name of that file. */
  static List<Writing> writingFiles(Path home) {
    return leaves(home)
        .filter(line -> line.getCommandSpec().userObject() instanceof WritesFile)
        .map(line -> new Writing(name(line), words(line)))
        .toList();
  }

  /** The option that names what a command writes. */
  static String target(CommandLine line) {
    boolean index =
        line.getCommandSpec().userObject() instanceof WritesFile
            && line.getCommandSpec().findOption("--out") == null;
    return index ? "--index" : "--out";
  }

  /** Every command that does something. */
  static Stream<CommandLine> leaves(Path home) {
    return leaves(
        Main.line(
            Map.of("ADVERSIGHT_HOME", home.toString()),
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter())));
  }

  private static Stream<CommandLine> leaves(CommandLine line) {
    Set<CommandLine> below = new HashSet<>(line.getSubcommands().values());
    return below.isEmpty() ? Stream.of(line) : below.stream().flatMap(CommandTree::leaves);
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName().substring("adversight ".length());
  }

  private static List<String> words(CommandLine line) {
    List<String> words = new ArrayList<>(List.of(name(line).split(" ")));
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (option.required() && !option.longestName().equals(target(line))) {
        words.add(option.longestName());
        words.add(dummy(option));
      }
    }
    for (PositionalParamSpec parameter : line.getCommandSpec().positionalParameters()) {
      if (parameter.arity().min() > 0) {
        words.add(dummy(parameter));
      }
    }
    return words;
  }

  private static String dummy(ArgSpec argument) {
    return argument.type().isPrimitive() ? "1" : "nothing";
  }
}
