package io.adversight.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One node of an ONNX file with typed access to its attributes. */
final class OnnxNode {
  private final NodeProto proto;
  private final String path;
  private final String name;
  private final int opset;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  OnnxNode(NodeProto proto, String path, String name, int opset) {
    this.proto = proto;
    this.path = path;
    this.name = name;
    this.opset = opset;
    for (AttributeProto attribute : proto.getAttributeList()) {
      attributes.put(attribute.getName(), attribute);
    }
  }

  String type() {
    return proto.getOpType();
  }

  String name() {
    return name;
  }

  int opset() {
    return opset;
  }

  List<String> inputs() {
    return proto.getInputList();
  }

  List<String> outputs() {
    return proto.getOutputList();
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  long integer(String attribute, long fallback) {
    AttributeProto found = find(attribute, AttributeType.INT);
    return found == null ? fallback : found.getI();
  }

  /** An integer that must fit and lie in a sensible range, such as an axis. */
  int axis(String attribute, int fallback) {
    long value = integer(attribute, fallback);
    if (Math.abs(value) > 64) {
      throw wrong("%s %d is no dimension".formatted(attribute, value));
    }
    return (int) value;
  }

  boolean flag(String attribute, boolean fallback) {
    return integer(attribute, fallback ? 1 : 0) != 0;
  }

  double number(String attribute, double fallback) {
    AttributeProto found = find(attribute, AttributeType.FLOAT);
    return found == null ? fallback : found.getF();
  }

  String text(String attribute, String fallback) {
    AttributeProto found = find(attribute, AttributeType.STRING);
    return found == null ? fallback : found.getS().toString(StandardCharsets.UTF_8);
  }

  List<Long> integers(String attribute, List<Long> fallback) {
    AttributeProto found = find(attribute, AttributeType.INTS);
    return found == null ? fallback : List.copyOf(found.getIntsList());
  }

  List<Float> numbers(String attribute) {
    AttributeProto found = find(attribute, AttributeType.FLOATS);
    return found == null ? List.of() : List.copyOf(found.getFloatsList());
  }

  Optional<TensorProto> tensor(String attribute) {
    AttributeProto found = find(attribute, AttributeType.TENSOR);
    return found == null ? Optional.empty() : Optional.of(found.getT());
  }

  private @Nullable AttributeProto find(String attribute, AttributeType type) {
    AttributeProto found = attributes.get(attribute);
    if (found != null && found.getType() != type) {
      throw wrong(
          "attribute %s must be of type %s, but is %s".formatted(attribute, type, found.getType()));
    }
    return found;
  }

  /** What is wrong with this node, as an exception. */
  ModelFormatException wrong(String message) {
    return new ModelFormatException(path, "node \"%s\" (%s): %s".formatted(name, type(), message));
  }
}
