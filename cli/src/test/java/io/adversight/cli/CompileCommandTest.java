package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CompileCommandTest {
  @TempDir Path folder;

  private Shell.Outcome compile(String with, Object... more) {
    Path out = folder.resolve("net.explain.onnx");
    Object[] words = {"compile", "--model", "digits", "--with", with, "--out", out};
    Object[] all = new Object[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return new Shell(folder).run(all);
  }

  @Test
  void writesAFileThatPredictsAndItsCard() throws Exception {
    Shell.Outcome outcome =
        compile("grad-cam,integrated-gradients,pgd", "--integrated-gradients.steps", 2);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("pixels  (N, 1, 28, 28) float32", "grad-cam", "original");
    JsonNode card = Json.MAPPER.readTree(folder.resolve("net.explain.json"));
    assertThat(card.get("inputs").valueStream().map(port -> port.get("name").asString()))
        .containsExactly("pixels", "class", "epsilon", "step", "original");
    assertThat(card.get("outputs").valueStream().map(port -> port.get("name").asString()))
        .containsExactly("logits", "grad-cam", "integrated-gradients", "pgd");
    assertThat(
            card.get("check").valueStream().map(each -> each.get("relativeDeviation").asDouble()))
        .allSatisfy(deviation -> assertThat(deviation).isBetween(0.0, 1e-3));
    assertThat(card.get("classes")).hasSize(10);
    assertThat(Files.readString(folder.resolve("net.explain.md")))
        .contains("| `grad-cam` | (N, 1, 28, 28) float32 |");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "score-cam|score-cam cannot be compiled; these can: gradient",
        "grad-kam|\"grad-kam\" is no explanation or attack that can be compiled; did you mean"
            + " grad-cam, x-grad-cam?; these can: gradient, input-x-gradient,",
        "deep-fool|these can: gradient, input-x-gradient,",
        "fgsm --defense jpeg|behind a defence cannot be compiled"
      })
  void refusesInOneLine(String words, String message) {
    String[] parts = words.split(" ");
    Object[] more = new Object[parts.length - 1];
    System.arraycopy(parts, 1, more, 0, more.length);
    Shell.Outcome outcome = compile(parts[0], more);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().strip().lines()).singleElement().asString().contains(message);
    assertThat(folder.resolve("net.explain.onnx")).doesNotExist();
  }
}
