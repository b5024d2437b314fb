package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.tensor.Engine;
import io.adversight.tensor.InferenceSession;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The engine of a network, and what results state of it. */
class EngineOptionTest {
  private static final String BOTH =
      "%s (%s for gradients that are not symbolic)"
          .formatted(InferenceSession.VERSION, Engine.version());

  @TempDir Path folder;

  private String engine(String command, String engine) {
    Path out = folder.resolve("out-" + engine);
    String words = "%s --engine %s --out %s".formatted(command, engine, out);
    Shell.Outcome outcome = new Shell(folder).run((Object[]) words.split(" "));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return Shell.json(out.resolve("result.json")).path("provenance").path("engine").asString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack --model digits --attack fgsm,square --epsilon 0.2 --method gradient drawn-digits:0",
        "transfer --models digits,digits-lenet --attack fgsm --epsilon 0.2 drawn-digits:0"
      })
  void resultsStateWhatComputedThem(String command) {
    assertThat(engine(command, "auto")).isEqualTo(BOTH);
    assertThat(engine(command, "onnxruntime")).isEqualTo(BOTH);
    assertThat(engine(command, "libtorch")).isEqualTo(Engine.version());
  }

  @Test
  void bothEnginesPredictTheSame() {
    JsonNode onnx = predicted("onnxruntime");
    JsonNode torch = predicted("libtorch");
    assertThat(onnx.path("engine").asString()).isEqualTo(BOTH);
    assertThat(torch.path("engine").asString()).isEqualTo(Engine.version());
    for (int i = 0; i < 10; i++) {
      assertThat(onnx.at("/images/0/logits/" + i).asDouble())
          .isCloseTo(torch.at("/images/0/logits/" + i).asDouble(), within(1e-4));
    }
  }

  private JsonNode predicted(String engine) {
    return new Shell(folder)
        .run("predict", "--model", "digits", "--engine", engine, "--json", "drawn-digits:7")
        .json();
  }

  @Test
  void anUnknownEngineIsRefusedInOneLine() {
    Shell.Outcome outcome =
        new Shell(folder).run("predict", "--model", "digits", "--engine", "tpu", "drawn-digits:0");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().strip())
        .endsWith("there is no engine \"tpu\"; the engines are auto, libtorch, onnxruntime")
        .hasLineCount(1);
  }
}
