package io.adversight.graph;

import static io.adversight.graph.ImportedGraphs.run;
import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.tensor.TensorException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Files with damaged bytes. */
class OnnxDamageTest {
  private static byte[] small() {
    return new OnnxFile(13)
        .input(-1, 1, 6, 6)
        .floats("w", new Rng(1).uniform(18, -1, 1), 2, 1, 3, 3)
        .floats("s", new float[] {1, 2}, 2)
        .node("c", "Conv", List.of("a"), List.of("x", "w"), integers("pads", 1, 1, 1, 1))
        .node("n", "BatchNormalization", List.of("b"), List.of("a", "s", "s", "s", "s"))
        .node("r", "Relu", List.of("d"), List.of("b"))
        .node(
            "p",
            "MaxPool",
            List.of("e"),
            List.of("d"),
            integers("kernel_shape", 2, 2),
            integers("strides", 2, 2))
        .node("", "Shape", List.of("shape"), List.of("e"))
        .longs("first", 0)
        .longs("rest", -1)
        .node("", "Gather", List.of("n0"), List.of("shape", "first"))
        .node("", "Concat", List.of("to"), List.of("n0", "rest"), integer("axis", 0))
        .node("f", "Reshape", List.of("g"), List.of("e", "to"))
        .floats("m", new Rng(2).uniform(54, -1, 1), 3, 18)
        .node("fc", "Gemm", List.of("h"), List.of("g", "m"), integer("transB", 1))
        .node("sm", "Softmax", List.of("y"), List.of("h"))
        .bytes();
  }

  private static byte[] mutated(byte[] original, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = original.clone();
    if (seed % 5 == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    for (int i = 0; i <= seed % 4; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) (bytes[at] ^ 1 << random.nextInt(8));
    }
    return bytes;
  }

  @Test
  void survivesDamagedFiles() {
    byte[] original = small();
    try (Scope scope = Scope.open()) {
      assertThat(run(OnnxImporter.read(original, "whole").graph(), 1, 6, 6).shape())
          .isEqualTo(Shape.of(4, 3));
    }
    long refused =
        Assertions.assertTimeoutPreemptively(
            Duration.ofMinutes(3),
            () ->
                IntStream.range(0, 500).filter(seed -> isRefused(mutated(original, seed))).count());
    assertThat(refused).isBetween(150L, 490L);
  }

  private static boolean isRefused(byte[] bytes) {
    try (Scope scope = Scope.open()) {
      ImportedModel model = OnnxImporter.read(bytes, "damaged");
      long[] sizes = model.inputShape().stream().mapToLong(size -> size < 0 ? 1 : size).toArray();
      model.graph().forward(Tensor.zeros(sizes));
      return false;
    } catch (ModelFormatException e) {
      assertThat(e.getMessage()).startsWith("damaged: ").doesNotContain("\n");
      return true;
    } catch (TensorException e) {
      return false;
    }
  }
}
