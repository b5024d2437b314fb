package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands print and write is the same wherever the machine stands. */
class LocaleTest {
  private static final List<String> COMMANDS =
      List.of(
          "attack --model digits --attack fgsm,deep-fool --epsilon 0.1 --method grad-cam"
              + " drawn-digits:0-2",
          "robustness --model digits --attack fgsm,square --square.queries 20 --epsilon 1/255,0.1"
              + " drawn-digits:0-5",
          "sweep --model digits --count 2 drawn-digits:0-1");

  private final Locale before = Locale.getDefault();
  @TempDir Path folder;

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void everythingIsTheSameInGermanAndArabic() throws IOException {
    for (String command : COMMANDS) {
      Map<String, String> plain = made(command, Locale.ROOT);
      assertThat(plain).containsKeys("result.json", "report.html");
      for (String tag : List.of("de-DE", "ar-EG-u-nu-arab")) {
        Map<String, String> there = made(command, Locale.forLanguageTag(tag));
        assertThat(there.keySet()).isEqualTo(plain.keySet());
        plain.forEach(
            (file, text) ->
                assertThat(there.getOrDefault(file, "").split("\n"))
                    .as(tag + " " + file)
                    .containsExactly(text.split("\n")));
      }
    }
  }

  /** Text files by name, and what is printed. */
  private Map<String, String> made(String command, Locale locale) throws IOException {
    Locale.setDefault(locale);
    Path out = Files.createTempDirectory(folder, "out");
    Files.delete(out);
    Shell.Outcome outcome =
        new Shell(folder).run((Object[]) (command + " --threads 1 --out " + out).split(" "));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Map<String, String> texts = new TreeMap<>();
    texts.put("stdout", timeless(outcome.out(), out));
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(LocaleTest::isText).toList()) {
        texts.put(out.relativize(file).toString(), timeless(Files.readString(file), out));
      }
    }
    return texts;
  }

  private static boolean isText(Path file) {
    return file.toString().matches(".*\\.(json|jsonl|csv|md|html|txt)");
  }

  /**
   * Without the folder, images and hashes, and with every number that is written as in English made
   * the same, since seconds differ.
   */
  private static String timeless(String text, Path out) {
    return text.replace(out.toString(), "OUT")
        .replaceAll("data:image/png;base64,[^\"]*", "PNG")
        .replaceAll("\"(sha256|check)\":\"[0-9a-f]+\"", "$1")
        .replaceAll("[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?", "N")
        .replaceAll(" +", " ");
  }
}
