package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions that a file brings along, which its nodes call as if they were operators. */
final class LocalFunctions {
  private final Map<String, FunctionProto> functions = new HashMap<>();

  LocalFunctions(List<FunctionProto> protos) {
    protos.forEach(
        function ->
            functions.put(
                key(function.getDomain(), function.getName(), function.getOverload()), function));
  }

  private static String key(String domain, String name, String overload) {
    return String.join("\n", OnnxOpsets.domain(domain), name, overload);
  }

  /** The body of the function that a node calls, with the node's attributes in it. */
  Optional<FunctionBody> body(NodeProto call) {
    FunctionProto function =
        functions.get(key(call.getDomain(), call.getOpType(), call.getOverload()));
    if (function == null) {
      return Optional.empty();
    }
    Map<String, AttributeProto> attributes = new HashMap<>();
    function.getAttributeProtoList().forEach(each -> attributes.put(each.getName(), each));
    call.getAttributeList().forEach(each -> attributes.put(each.getName(), each));
    Map<String, Integer> opsets = new HashMap<>();
    for (OperatorSetIdProto set : function.getOpsetImportList()) {
      opsets.put(OnnxOpsets.domain(set.getDomain()), OnnxOpsets.version(set));
    }
    return Optional.of(
        new FunctionBody(
            function.getInputList(),
            function.getOutputList(),
            function.getNodeList().stream().map(node -> resolved(node, attributes)).toList(),
            opsets));
  }

  /** The node with the caller's attributes where it refers to them; without those it leaves out. */
  private static NodeProto resolved(NodeProto node, Map<String, AttributeProto> attributes) {
    NodeProto.Builder changed = node.toBuilder().clearAttribute();
    for (AttributeProto attribute : node.getAttributeList()) {
      if (!attribute.getRefAttrName().isEmpty()) {
        AttributeProto given = attributes.get(attribute.getRefAttrName());
        if (given != null) {
          changed.addAttribute(given.toBuilder().setName(attribute.getName()));
        }
      } else if (attribute.hasG()) {
        GraphProto.Builder graph = attribute.getG().toBuilder();
        for (int i = 0; i < graph.getNodeCount(); i++) {
          graph.setNode(i, resolved(graph.getNode(i), attributes));
        }
        changed.addAttribute(attribute.toBuilder().setG(graph));
      } else {
        changed.addAttribute(attribute);
      }
    }
    return changed.build();
  }
}
