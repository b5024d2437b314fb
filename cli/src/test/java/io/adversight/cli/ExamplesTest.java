package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class ExamplesTest {
  /** Those that need a download, a file of the user's, a training, or a server; demo has a test. */
  private static final Set<String> ONLY_PARSED =
      Set.of(
          "adversight",
          "adversight demo",
          "adversight training-history",
          "adversight gallery",
          "adversight lab",
          "adversight models pull",
          "adversight models add",
          "adversight models remove",
          "adversight train",
          "adversight train-decoder");

  private static final Pattern RESULT =
      Pattern.compile("(?:results in|report|gallery|table|plot)[: ]+(\\S+)");

  @TempDir private static Path folder;

  private final Shell shell = new Shell(folder);

  /** Several examples begin with the same step. */
  private static final Set<String> DONE = new HashSet<>();

  static Stream<String> names() {
    return commands(line()).stream().map(line -> line.getCommandSpec().qualifiedName());
  }

  private static CommandLine line(String... args) {
    return Main.line(
        Map.of("ADVERSIGHT_HOME", folder.resolve("home").toString()),
        new PrintWriter(new StringWriter()),
        new PrintWriter(new StringWriter()),
        args);
  }

  private static List<CommandLine> commands(CommandLine line) {
    List<CommandLine> all = new ArrayList<>(List.of(line));
    line.getSubcommands().values().forEach(below -> all.addAll(commands(below)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("names")
  void work(String name) {
    String example = Examples.of(name).orElseThrow(() -> new AssertionError("no example: " + name));
    for (String part : example.split(" && ", -1)) {
      assertThat(part).startsWith("adversight ");
      String[] words = words(part);
      if (ONLY_PARSED.contains(name)) {
        line(words).parseArgs(words);
        continue;
      }
      if (!DONE.add(part)) {
        continue;
      }
      Shell.Outcome outcome = shell.run((Object[]) words);
      assertThat(outcome.code()).as("%s%n%s", part, outcome.err()).isZero();
      Matcher results = RESULT.matcher(outcome.out());
      while (results.find()) {
        assertThat(Path.of(results.group(1))).exists();
      }
    }
  }

  /** The words of an example that writes to a temporary folder instead of the working folder. */
  private static String[] words(String example) {
    List<String> words = new ArrayList<>();
    for (String word : example.split(" ", -1)) {
      words.add(word.startsWith("my-") ? folder.resolve(word).toString() : word);
    }
    words.remove(0);
    CommandLine command = line(words.toArray(String[]::new));
    for (String word : words) {
      command = command.getSubcommands().getOrDefault(word, command);
    }
    if (!words.contains("--out") && command.getCommandSpec().findOption("--out") != null) {
      words.addAll(List.of("--out", folder.resolve("out-" + example.hashCode()).toString()));
    }
    return words.toArray(String[]::new);
  }

  @Test
  void stateWholeSentencesInTheListOfCommands() {
    for (CommandLine command : commands(line())) {
      String first = command.getCommandSpec().usageMessage().header()[0];
      assertThat(first).as(command.getCommandSpec().qualifiedName()).matches("(?s)[A-Z].*[.:?]");
      if (!command.getSubcommands().isEmpty()) {
        continue;
      }
      assertThat(command.getUsageMessage().lines().findFirst().orElse(""))
          .startsWith(first.substring(0, 10));
    }
  }

  @Test
  void areShownByHelpAtAnyDepth() {
    assertThat(shell.run("help", "patches", "build").out())
        .contains("Usage: adversight patches build", "Example:");
    Shell.Outcome missing = shell.run("help", "universal", "make");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no command \"make\"");
  }

  @Test
  void printNoControlCharacters() {
    StringWriter written = new StringWriter();
    try (PrintWriter out = new PrintWriter(new PlainWriter(written))) {
      out.print("a\u001b[31mb\u009bc\u202ed\r\te\n");
      out.print('\u0007');
    }
    assertThat(written.toString()).isEqualTo("a?[31mb?c?d?\te\n?");
  }
}
