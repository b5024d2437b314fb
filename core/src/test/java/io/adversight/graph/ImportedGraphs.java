package io.adversight.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.tensor.Rng;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;

/** What tests of the importer share: small constants, and graphs run on batches. */
public final class ImportedGraphs {
  private ImportedGraphs() {}

  public static float[] count(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i;
    }
    return values;
  }

  public static List<String> layers(Graph graph) {
    return graph.nodes().stream().map(Node::name).toList();
  }

  /** Runs a graph on batches of 1 and 4, which must agree image by image; gives the batch's. */
  public static Tensor run(Graph graph, long... image) {
    Tensor batch =
        Tensor.of(
            new Rng(3).uniform((int) (4 * Shape.of(image).elements()), -1, 1), with(4, image));
    Tensor together = graph.forward(batch);
    for (int i = 0; i < 4; i++) {
      float[] alone = graph.forward(batch.narrow(0, i, 1)).toFloats();
      float[] row = together.narrow(0, i, 1).toFloats();
      assertThat(alone).containsExactly(row, within(1e-5f));
    }
    assertThat(graph.shapes(Shape.of(with(4, image))).get(graph.output()))
        .isEqualTo(together.shape());
    return together;
  }

  public static long[] with(long batch, long... image) {
    long[] sizes = new long[image.length + 1];
    sizes[0] = batch;
    System.arraycopy(image, 0, sizes, 1, image.length);
    return sizes;
  }

  public static void assertRefused(OnnxFile file, String... parts) {
    assertThatThrownBy(file::read)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("test.onnx: ")
        .hasMessageContainingAll(parts)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }
}
