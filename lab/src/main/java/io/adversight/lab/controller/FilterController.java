package io.adversight.lab.controller;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Envelope;
import io.adversight.lab.store.ModelStore;
import io.adversight.lab.work.Workers;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The filters of a network's first layer. */
public final class FilterController {
  private static final int MOST = 256;

  private final ModelStore store;
  private final Workers workers;

  record Fields(String type, String layer, List<Integer> shape, int shown) {}

  public FilterController(ModelStore store, Workers workers) {
    this.store = store;
    this.workers = workers;
  }

  /** The kernels of the first convolution, as they meet the preprocessed image. */
  public void filters(Context ctx) {
    String id = ctx.pathParam("id");
    ByteBuffer bytes = workers.call(() -> filters(store.open(id).graph()));
    byte[] all = new byte[bytes.remaining()];
    bytes.get(all);
    ctx.contentType("application/octet-stream").result(all);
  }

  private static ByteBuffer filters(Graph graph) {
    Node node =
        graph.nodes().stream()
            .filter(n -> n.operator().type().equals("Conv") && weights(graph, n) != null)
            .findFirst()
            .orElseThrow(
                () -> new UnknownNameException("this network does not begin with convolutions"));
    Tensor weights = weights(graph, node);
    if (weights == null) {
      throw new UnknownNameException("this network does not begin with convolutions");
    }
    try (Scope scope = Scope.open()) {
      int all = (int) weights.size(0);
      int shown = Math.min(MOST, all);
      List<Integer> one =
          List.of((int) weights.size(1), (int) weights.size(2), (int) weights.size(3));
      float[] values = weights.narrow(0, 0, shown).asFloat().toFloats();
      ObjectNode header =
          (ObjectNode)
              Json.tree(
                  (Object)
                      new Fields(
                          "filters",
                          node.name(),
                          List.of(all, one.get(0), one.get(1), one.get(2)),
                          shown));
      return Envelope.of(
          header,
          List.of(
              Blob.floats("filters", List.of(shown, one.get(0), one.get(1), one.get(2)), values)));
    }
  }

  private static @Nullable Tensor weights(Graph graph, Node node) {
    return node.inputs().size() < 2 ? null : graph.constants().get(node.inputs().get(1));
  }
}
