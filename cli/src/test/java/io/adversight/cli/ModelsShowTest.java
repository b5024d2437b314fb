package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.graph.OnnxFile;
import io.adversight.tensor.Rng;
import io.adversight.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Of many class names the card that is printed shows a few. */
class ModelsShowTest {
  private static final List<String> NAMES =
      IntStream.range(0, 1000).mapToObj("class number %d"::formatted).toList();

  @TempDir Path folder;

  private JsonNode labels(Object... words) {
    Shell.Outcome outcome = new Shell(folder).run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return Json.MAPPER.readTree(outcome.out()).path("labels");
  }

  @Test
  void showsTheFirstOfManyLabelsAndHowToSeeAll() throws Exception {
    OnnxFile file = new OnnxFile(17).input("x", -1, 3, 16, 16).output("y");
    file.floats("w", new Rng(1).uniform(3000, -1, 1), 3, 1000)
        .node("GlobalAveragePool", "p", List.of("x"))
        .node("Flatten", "f", List.of("p"))
        .node("MatMul", "y", List.of("f", "w"));
    Path network = Files.write(folder.resolve("net.onnx"), file.bytes());
    Path names = Files.write(folder.resolve("names.txt"), NAMES);
    assertThat(
            new Shell(folder)
                .run("models", "add", network, "--labels", names, "--output-kind", "logits")
                .code())
        .isZero();

    assertThat(labels("models", "show", "net").valueStream().map(JsonNode::asString))
        .containsExactly(
            "class number 0",
            "class number 1",
            "class number 2",
            "class number 3",
            "class number 4",
            "... and 995 more (--all-labels)");
    assertThat(
            labels("models", "show", "net", "--all-labels").valueStream().map(JsonNode::asString))
        .containsExactlyElementsOf(NAMES);
    assertThat(labels("models", "show", "digits", "--all-labels"))
        .isEqualTo(labels("models", "show", "digits"));
  }
}
