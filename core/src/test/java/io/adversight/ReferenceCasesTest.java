package io.adversight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceCasesTest {
  private static final Pattern CITATION =
      Pattern.compile("// (?:cases?|as cases?) ((?:[A-Z]\\d+(?:, | and | to )?)+)");
  private static final Pattern CASE = Pattern.compile("[A-Z]\\d+");
  private static final Pattern DEFINITION = Pattern.compile("(?m)^(?:\\| )?([A-Z]\\d+) ");

  @Test
  void everyCitedCaseIsInTheTable() throws IOException {
    Set<String> defined =
        DEFINITION
            .matcher(Files.readString(Path.of("..", "docs", "reference-cases.md")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toSet());
    Set<String> cited = cited();
    assertThat(cited).hasSizeGreaterThan(60);
    assertThat(defined).containsAll(cited);
  }

  private static Set<String> cited() throws IOException {
    Set<String> cases = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher citations = CITATION.matcher(Files.readString(file));
        while (citations.find()) {
          CASE.matcher(citations.group(1)).results().forEach(match -> cases.add(match.group()));
        }
      }
    }
    return cases;
  }
}
