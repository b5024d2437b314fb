package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
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
  /**
   * Those of commands that cannot do their work without a download or another build: they say so.
   */
  private static final Set<String> ONLY_PARSED =
      Set.of(
          "adversight models pull",
          "adversight cluster",
          "adversight cluster run",
          "adversight cluster report");

  private static final Pattern RESULT =
      Pattern.compile("(?:results in|report|gallery|table|plot)[: ]+(\\S+)");

  private static final Pattern ECHO = Pattern.compile("echo (.*) > (\\S+)");

  /** Files and folders that an example makes; networks have no ending and are not among them. */
  private static final Pattern OWN = Pattern.compile("my-(?!aviary$).*");

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
  void work(String name) throws Exception {
    Example example = example(name);
    assertThat(example.needs().isEmpty()).isEqualTo(!ONLY_PARSED.contains(name));
    List<String> lines = List.of(example.value());
    String last = lines.get(lines.size() - 1);
    assertThat(last).startsWith(name.equals("adversight") ? "adversight " : name);
    if (ONLY_PARSED.contains(name)) {
      line(words(last)).parseArgs(words(last));
      return;
    }
    for (String line : lines) {
      if (DONE.add(line)) {
        run(line);
      }
    }
  }

  private static Example example(String name) {
    CommandLine command =
        commands(line()).stream()
            .filter(one -> one.getCommandSpec().qualifiedName().equals(name))
            .findFirst()
            .orElseThrow();
    return HelpPages.example(command.getCommandSpec())
        .orElseThrow(() -> new AssertionError("no example: " + name));
  }

  private void run(String line) throws Exception {
    Matcher echo = ECHO.matcher(line);
    if (echo.matches()) {
      Files.writeString(folder.resolve(echo.group(2)), echo.group(1) + "\n");
      return;
    }
    assertThat(line).startsWith("adversight ");
    if (line.equals("adversight lab")) {
      startsAndStopsALab(words(line));
      return;
    }
    Shell.Outcome outcome = shell.run((Object[]) words(line));
    assertThat(outcome.code()).as("%s%n%s", line, outcome.err()).isZero();
    Matcher results = RESULT.matcher(outcome.out());
    while (results.find()) {
      assertThat(Path.of(results.group(1))).exists();
    }
  }

  /** At a free port and without a browser; whoever interrupts the command stops the server. */
  private static void startsAndStopsALab(String... words) throws Exception {
    PipedReader printed = new PipedReader(1 << 16);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--port", "0", "--no-browser"));
    Map<String, String> environment = Map.of("ADVERSIGHT_HOME", folder.resolve("home").toString());
    PrintWriter out = new PrintWriter(new PipedWriter(printed), true);
    PrintWriter err = new PrintWriter(new StringWriter());
    Thread lab = new Thread(() -> Main.run(environment, out, err, all.toArray(String[]::new)));
    lab.start();
    String first = new BufferedReader(printed).readLine();
    assertThat(first).startsWith("the lab is at http://127.0.0.1:");
    URI health = URI.create(first.substring("the lab is at ".length())).resolve("health");
    HttpRequest request = HttpRequest.newBuilder(health).build();
    HttpClient client = HttpClient.newHttpClient();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    lab.interrupt();
    lab.join();
    assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(ConnectException.class);
  }

  /** The words of an example that writes to a temporary folder instead of the working folder. */
  private static String[] words(String example) {
    List<String> words = new ArrayList<>();
    for (String word : example.split(" ", -1)) {
      words.add(OWN.matcher(word).matches() ? folder.resolve(word).toString() : word);
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
