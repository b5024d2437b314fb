package io.adversight.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExampleProgramsTest {
  private static final Path SOURCES = Path.of("src/main/java/io/adversight/examples");
  private static final Pattern PROMISED =
      Pattern.compile(" \\* <pre>\\{@code\\n(.*?) \\* }</pre>", Pattern.DOTALL);

  @TempDir private Path folder;

  static List<String> programs() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("Example"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreNine() throws IOException {
    assertThat(programs()).hasSize(9); // the tenth is a test: Example06GuardTest
  }

  @ParameterizedTest
  @MethodSource("programs")
  void printsWhatItsCommentPromises(String program) throws Exception {
    String source = Files.readString(SOURCES.resolve(program + ".java"));
    Matcher promised = PROMISED.matcher(source);
    assertThat(promised.find()).isTrue();
    assertThat(source).contains("<p>You will see");

    String printed = run(program);

    assertThat(withoutNumbers(printed))
        .as(printed)
        .isEqualTo(
            withoutNumbers(
                promised
                    .group(1)
                    .lines()
                    .map(line -> line.replaceFirst("^ \\* ?", ""))
                    .collect(Collectors.joining("\n"))));
  }

  private String run(String program) throws Exception {
    Class<?> type = Class.forName(ExampleProgramsTest.class.getPackageName() + "." + program);
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      String[] arguments = {folder.toString()};
      type.getMethod("main", String[].class).invoke(null, (Object) arguments);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Numbers differ a little from processor to processor. */
  private static String withoutNumbers(String text) {
    return text.replaceAll("\\R", "\n").strip().replaceAll("-?[0-9]+([.,][0-9]+)?", "#");
  }
}
