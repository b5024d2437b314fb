package io.adversight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HowToTest {
  private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  static List<Path> pages() throws IOException {
    Path root = Path.of("..");
    try (Stream<Path> pages = Files.list(root.resolve("docs/how-to"))) {
      return Stream.concat(Stream.of(root.resolve("README.md")), pages.sorted())
          .filter(page -> page.toString().endsWith(".md"))
          .toList();
    }
  }

  @Test
  void thePagesAreThere() throws IOException {
    assertThat(pages())
        .extracting(page -> String.valueOf(page.getFileName()))
        .contains("README.md", "add-an-attack.md", "guard-a-model.md");
    assertThat(snippets(Path.of("..", "docs", "how-to", "add-an-attack.md"))).hasSize(3);
    assertThat(snippets(Path.of("..", "README.md"))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void snippetsStandInTheSources(Path page) throws IOException {
    String sources = sources();
    for (String snippet : snippets(page)) {
      assertThat(sources).contains(plain(snippet));
    }
  }

  private static List<String> snippets(Path page) throws IOException {
    return SNIPPET.matcher(Files.readString(page)).results().map(found -> found.group(1)).toList();
  }

  private static String sources() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String module : List.of("core", "examples", "cluster")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          texts.add(plain(Files.readString(file)));
        }
      }
    }
    return String.join(" ", texts);
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
