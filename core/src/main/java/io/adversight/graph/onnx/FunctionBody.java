package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Nodes that stand for one node: the body of a function, or the branch of an If.
 *
 * @param inputs names of the inputs, in the order of the node's
 * @param outputs names of the outputs, in the order of the node's
 * @param nodes what is computed; names that nothing here makes are those of the surroundings
 * @param opsets version of the operator set by domain, "" for ONNX's own; those of the surroundings
 *     if empty
 */
record FunctionBody(
    List<String> inputs, List<String> outputs, List<NodeProto> nodes, Map<String, Integer> opsets) {
  FunctionBody {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    nodes = List.copyOf(nodes);
    opsets = Map.copyOf(opsets);
  }

  /** The branch of an If: a graph without inputs. */
  static FunctionBody ofBranch(GraphProto graph) {
    List<NodeProto> nodes = new ArrayList<>();
    graph.getInitializerList().forEach(tensor -> nodes.add(constant(tensor.getName(), tensor)));
    nodes.addAll(graph.getNodeList());
    List<String> outputs = graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    return new FunctionBody(List.of(), outputs, nodes, Map.of());
  }

  static NodeProto constant(String name, TensorProto value) {
    return NodeProto.newBuilder()
        .setOpType("Constant")
        .addOutput(name)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value))
        .build();
  }

  /**
   * The nodes in place of a node: between the values that it takes and makes.
   *
   * @param label what the names of the nodes begin with
   * @param fresh a name that is not in use, for a name of the body
   */
  GraphProto inPlaceOf(NodeProto call, String label, UnaryOperator<String> fresh) {
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      names.put(inputs.get(i), i < call.getInputCount() ? call.getInput(i) : "");
    }
    nodes.stream()
        .flatMap(node -> node.getOutputList().stream())
        .filter(name -> !name.isEmpty())
        .forEach(name -> names.put(name, fresh.apply(name)));
    Set<String> made = new HashSet<>();
    nodes.forEach(node -> made.addAll(node.getOutputList()));
    List<NodeProto> placed = new ArrayList<>();
    for (int i = 0; i < Math.min(outputs.size(), call.getOutputCount()); i++) {
      if (call.getOutput(i).isEmpty()) {
        continue;
      }
      // What the body makes has the caller's name; a second name needs a node of its own.
      if (made.remove(outputs.get(i))) {
        names.put(outputs.get(i), call.getOutput(i));
      } else {
        placed.add(
            NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput(outputs.get(i))
                .addOutput(call.getOutput(i))
                .build());
      }
    }
    // A second name for an output may stand before what it names: the order is found later.
    List<NodeProto> renamed = new ArrayList<>();
    for (NodeProto node : nodes) {
      NodeProto.Builder own = renamed(node, names, true).toBuilder();
      renamed.add(
          node.getName().isEmpty()
              ? own.build()
              : own.setName(label + "/" + node.getName()).build());
    }
    placed.forEach(node -> renamed.add(renamed(node, names, false)));
    return GraphProto.newBuilder().addAllNode(renamed).build();
  }

  private static NodeProto renamed(NodeProto node, Map<String, String> names, boolean outputs) {
    NodeProto.Builder changed = node.toBuilder();
    for (int i = 0; i < node.getInputCount(); i++) {
      changed.setInput(i, names.getOrDefault(node.getInput(i), node.getInput(i)));
    }
    for (int i = 0; outputs && i < node.getOutputCount(); i++) {
      changed.setOutput(i, names.getOrDefault(node.getOutput(i), node.getOutput(i)));
    }
    for (int i = 0; i < node.getAttributeCount(); i++) {
      AttributeProto attribute = node.getAttribute(i);
      if (attribute.hasG()) {
        changed.setAttribute(i, attribute.toBuilder().setG(renamed(attribute.getG(), names)));
      }
    }
    return changed.build();
  }

  /** A graph inside the body, whose own names hide those around it. */
  private static GraphProto renamed(GraphProto graph, Map<String, String> names) {
    Map<String, String> visible = new HashMap<>(names);
    graph.getInputList().forEach(value -> visible.remove(value.getName()));
    graph.getInitializerList().forEach(tensor -> visible.remove(tensor.getName()));
    graph.getNodeList().forEach(node -> visible.keySet().removeAll(node.getOutputList()));
    GraphProto.Builder changed = graph.toBuilder();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      changed.setNode(i, renamed(graph.getNode(i), visible, false));
    }
    for (int i = 0; i < graph.getOutputCount(); i++) {
      String name = graph.getOutput(i).getName();
      changed.setOutput(
          i, graph.getOutput(i).toBuilder().setName(visible.getOrDefault(name, name)));
    }
    return changed.build();
  }
}
