package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;

/**
 * The commands that the documentation prints exist, with the options and the algorithms that it
 * gives them. A command in running text may leave out what is required.
 */
class DocumentedCommandsTest {
  private static final Pattern FENCE = Pattern.compile("(?m)^ *```\\w*$");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern COMMAND =
      Pattern.compile("^ *(?:\\./)?adversight +([a-z][^\n]*?) *$", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** The options whose values are algorithms of the catalogue. */
  private static final Set<String> ALGORITHMS = Set.of("--attack", "--method", "--transforms");

  private static final Set<String> KNOWN =
      Stream.concat(Catalog.entries().stream().map(Entry::id), Stream.of("none"))
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern NAME =
      Pattern.compile("(?:^|,)\\s*([a-z][a-z0-9-]*)(?:\\([^)]*\\))?");

  @TempDir Path home;

  /**
   * @param whole whether it stands in a block of code, to be copied as it is
   */
  record Printed(String page, String command, boolean whole) {
    @Override
    public String toString() {
      return page + ": " + command;
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void areAccepted(Printed printed) {
    String[] words = words(printed.command());
    CommandLine line =
        Main.line(
            Map.of("ADVERSIGHT_HOME", home.toString()),
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            words);

    try {
      line.parseArgs(words);
    } catch (MissingParameterException e) {
      if (printed.whole()) {
        throw e;
      }
    }

    assertThat(algorithms(words)).isSubsetOf(KNOWN);
  }

  static List<Printed> commands() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(Path.of(".."));
        Stream<Path> docs = Files.walk(Path.of("../docs"));
        Stream<Path> studies = Files.walk(Path.of("../experiments"), 2)) {
      Stream.of(top, docs, studies)
          .flatMap(all -> all)
          .filter(path -> path.toString().endsWith(".md"))
          .filter(path -> !path.endsWith("CHANGELOG.md"))
          .sorted()
          .forEach(pages::add);
    }
    List<Printed> commands = new ArrayList<>();
    for (Path page : pages) {
      commands.addAll(commands(Path.of("..").relativize(page).toString(), Files.readString(page)));
    }
    assertThat(commands).hasSizeGreaterThan(100);
    return commands;
  }

  /** The commands in blocks of code, over several lines or one, and in running text. */
  private static List<Printed> commands(String page, String text) {
    List<Printed> commands = new ArrayList<>();
    String[] parts = FENCE.split(text.replaceAll("\\\\\n *", ""), -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 1) {
        commands.addAll(commands(page, Stream.of(parts[i]), true));
      } else {
        commands.addAll(
            commands(page, parts[i].lines().filter(line -> line.startsWith("    ")), true));
        commands.addAll(
            commands(page, CODE.matcher(parts[i]).results().map(span -> span.group(1)), false));
      }
    }
    return commands;
  }

  private static List<Printed> commands(String page, Stream<String> code, boolean whole) {
    return code.flatMap(text -> COMMAND.matcher(text).results())
        .map(found -> found.group(1).replaceAll(" +[#>|].*", ""))
        .filter(command -> !command.contains("..."))
        .map(command -> new Printed(page, command, whole))
        .toList();
  }

  private static List<String> algorithms(String[] words) {
    List<String> named = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      if (ALGORITHMS.contains(words[i - 1])) {
        NAME.matcher(words[i]).results().map(name -> name.group(1)).forEach(named::add);
      }
    }
    return named;
  }

  private static String[] words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    return words.toArray(String[]::new);
  }
}
