package io.adversight.graph.onnx;

import static io.adversight.graph.ImportedGraphs.assertRefused;
import static io.adversight.graph.ImportedGraphs.layers;
import static io.adversight.graph.OnnxFile.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.adversight.graph.Graph;
import io.adversight.graph.OnnxFile;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions that a file brings along, and branches whose condition is known. */
class OnnxFunctionsTest {
  private static NodeProto node(
      String type, String output, List<String> inputs, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setDomain(type.contains(".") ? "local" : "")
        .setOpType(type.replace("local.", ""))
        .addOutput(output)
        .addAllInput(inputs)
        .addAllAttribute(List.of(attributes))
        .build();
  }

  private static FunctionProto function(
      String name, List<String> inputs, List<String> outputs, NodeProto... nodes) {
    return FunctionProto.newBuilder()
        .setDomain("local")
        .setName(name)
        .addAllInput(inputs)
        .addAllOutput(outputs)
        .addAllNode(List.of(nodes))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(18))
        .build();
  }

  private static AttributeProto reference(String name, String to) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setRefAttrName(to)
        .build();
  }

  private static AttributeProto branch(String name, String output, NodeProto... nodes) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(
            GraphProto.newBuilder()
                .addAllNode(List.of(nodes))
                .addOutput(ValueInfoProto.newBuilder().setName(output)))
        .build();
  }

  private static double[] run(Graph graph, float... x) {
    try (Scope scope = Scope.open()) {
      return graph.forward(Tensor.of(x, 1, x.length)).toDoubles();
    }
  }

  @Test
  void putsBodiesInPlaceOfCallsWithTheCallersAttributes() {
    FunctionProto leaky =
        function(
            "Leaky",
            List.of("in"),
            List.of("out"),
            node("LeakyRelu", "out", List.of("in"), reference("alpha", "slope")));
    FunctionProto twice =
        function(
                "Twice",
                List.of("in"),
                List.of("out", "in"),
                node("local.Leaky", "h", List.of("in"), reference("slope", "slope")),
                node("local.Leaky", "out", List.of("h"), reference("slope", "slope")))
            .toBuilder()
            .addAttributeProto(number("slope", 0.5f))
            .build();
    OnnxFile file =
        new OnnxFile(13)
            .input(-1, 2)
            .function(twice)
            .function(leaky)
            .node("first", "local.Twice", List.of("a", "same"), List.of("x"))
            .node("second", "local.Twice", List.of("h"), List.of("a"), number("slope", 0.1f))
            .node("Add", "y", List.of("h", "same"));
    Graph graph = file.read().graph();
    assertThat(run(graph, -8, 4)).containsExactly(new double[] {-8.02, 8}, within(1e-6));
    assertThat(layers(graph)).containsExactly("first/h", "a", "second/h", "second", "y");
  }

  @Test
  void refusesFunctionsThatCallThemselves() {
    assertRefused(
        new OnnxFile(13)
            .input(-1, 2)
            .function(
                function(
                    "Endless",
                    List.of("in"),
                    List.of("out"),
                    node("local.Endless", "h", List.of("in")),
                    node("local.Endless", "out", List.of("h"))))
            .node("n", "local.Endless", List.of("y"), List.of("x")),
        "calls functions without end");
  }

  @Test
  void takesTheBranchWhoseConditionIsKnown() {
    OnnxFile file =
        new OnnxFile(13)
            .input(-1, 2)
            .node("Relu", "r", List.of("x"))
            .node("Neg", "n", List.of("x"))
            .node("Shape", "s", List.of("x"))
            .longs("wanted", 2)
            .longs("at", 1)
            .node("Gather", "size", List.of("s", "at"))
            .node("Equal", "if", List.of("size", "wanted"))
            .node(
                "choice",
                "If",
                List.of("y"),
                List.of("if"),
                branch("then_branch", "t", node("Exp", "t", List.of("r"))),
                branch("else_branch", "e", node("Madness", "e", List.of("n"))));
    Graph graph = file.read().graph();
    assertThat(run(graph, -1, 1)).containsExactly(new double[] {1, Math.E}, within(1e-6));
    assertThat(layers(graph)).containsExactly("r", "choice");
    assertRefused(
        new OnnxFile(13)
            .input(-1, 2)
            .scalar("c", 0)
            .node("Greater", "if", List.of("x", "c"))
            .node(
                "choice",
                "If",
                List.of("y"),
                List.of("if"),
                branch("then_branch", "t", node("Exp", "t", List.of("x"))),
                branch("else_branch", "e", node("Neg", "e", List.of("x")))),
        "node \"choice\" (If): its condition is computed by the network");
  }
}
