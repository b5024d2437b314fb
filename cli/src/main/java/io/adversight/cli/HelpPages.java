package io.adversight.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Puts a whole sentence on what a command does, and its example, at the top of its help. The same
 * sentence stands in the list of commands.
 */
final class HelpPages {
  private static final Pattern SENTENCE =
      Pattern.compile("(.+?[.:?])(?: (?=[A-Z]).*)?", Pattern.DOTALL);

  private HelpPages() {}

  /** Arranges the help of a command and of all below it. */
  static void arrange(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    String text = String.join(" ", spec.usageMessage().description());
    Matcher sentence = SENTENCE.matcher(text);
    String first = sentence.matches() ? sentence.group(1) : text;
    List<String> header = new ArrayList<>(List.of(first, ""));
    example(spec).ifPresent(example -> header.addAll(lines(example)));
    spec.usageMessage().header(header.toArray(String[]::new));
    String rest = text.substring(first.length()).strip();
    spec.usageMessage().description(rest.isEmpty() ? new String[0] : new String[] {rest});
    line.getSubcommands().values().forEach(HelpPages::arrange);
  }

  /** The example of a command; every command has one. */
  static Optional<Example> example(CommandSpec spec) {
    return Optional.ofNullable(spec.userObject().getClass().getAnnotation(Example.class));
  }

  private static List<String> lines(Example example) {
    List<String> lines = new ArrayList<>();
    lines.add(
        example.needs().isEmpty() ? "Example:" : "Example (needs %s):".formatted(example.needs()));
    List.of(example.value()).forEach(line -> lines.add("  " + line));
    lines.add("");
    return lines;
  }
}
