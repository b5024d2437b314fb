package io.adversight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HowToTest {
  private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void snippetsStandInTheSources() throws IOException {
    String sources = sources();
    Matcher snippets =
        SNIPPET.matcher(Files.readString(Path.of("..", "docs", "how-to", "add-an-attack.md")));
    int found = 0;
    while (snippets.find()) {
      found++;
      assertThat(sources).contains(plain(snippets.group(1)));
    }
    assertThat(found).isEqualTo(3);
  }

  private static String sources() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        texts.add(plain(Files.readString(file)));
      }
    }
    return String.join(" ", texts);
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
