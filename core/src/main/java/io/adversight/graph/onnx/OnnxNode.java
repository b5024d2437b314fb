package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.adversight.graph.ModelFormatException;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One node of an ONNX file with typed access to its attributes and to what its inputs are. */
final class OnnxNode {
  private final NodeProto proto;
  private final String path;
  private final String name;
  private final int opset;
  private final long batch;
  private final List<Optional<OnnxValue>> values;
  private final List<Optional<DataType>> types;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  /**
   * A node whose inputs are known.
   *
   * @param batch the size of batches the file was made for, 1 if it leaves it open
   * @param values in the node's order; empty where an optional input is left out
   * @param types of the inputs' elements in the file, where they are known
   */
  OnnxNode(
      NodeProto proto,
      String path,
      String name,
      int opset,
      long batch,
      List<Optional<OnnxValue>> values,
      List<Optional<DataType>> types) {
    this.proto = proto;
    this.path = path;
    this.name = name;
    this.opset = opset;
    this.batch = batch;
    this.values = List.copyOf(values);
    this.types = List.copyOf(types);
    for (AttributeProto attribute : proto.getAttributeList()) {
      attributes.put(attribute.getName(), attribute);
    }
  }

  /** The operator's name, behind that of its domain unless it is ONNX's own. */
  String type() {
    String domain = OnnxOpsets.domain(proto.getDomain());
    return domain.isEmpty() ? proto.getOpType() : domain + "." + proto.getOpType();
  }

  /** The type of an input's elements in the file, where it is known. */
  Optional<DataType> type(int index) {
    return index < types.size() ? types.get(index) : Optional.empty();
  }

  /** The type of what the node makes, where it says so or hands on what it takes. */
  Optional<DataType> elementType() {
    return switch (type()) {
      case "Constant" -> tensor("value").map(value -> DataType.forNumber(value.getDataType()));
      case "Cast" -> Optional.ofNullable(DataType.forNumber((int) integer("to", 0)));
      case "Identity", "Reshape", "Squeeze", "Unsqueeze", "Expand" -> type(0);
      default -> Optional.empty();
    };
  }

  int opset() {
    return opset;
  }

  long batch() {
    return batch;
  }

  int outputs() {
    return proto.getOutputCount();
  }

  /** This node with its inputs as they are at one probe alone. */
  OnnxNode at(int probe) {
    return new OnnxNode(
        proto,
        path,
        name,
        opset,
        batch,
        values.stream().map(value -> value.map(each -> each.at(probe))).toList(),
        types);
  }

  int inputs() {
    return values.size();
  }

  boolean hasInput(int index) {
    return index < values.size() && values.get(index).isPresent();
  }

  /** Refuses a node with fewer or more inputs, or without one of the first. */
  void requireInputs(int fewest, int most) {
    if (inputs() < fewest || inputs() > most) {
      throw wrong(
          "it needs %s, but has %s"
              .formatted(
                  fewest == most
                      ? fewest + (fewest == 1 ? " input" : " inputs")
                      : inputs() < fewest
                          ? "at least %s inputs".formatted(fewest)
                          : "at most %s inputs".formatted(most),
                  inputs()));
    }
    for (int i = 0; i < fewest; i++) {
      input(i);
    }
  }

  OnnxValue input(int index) {
    if (!hasInput(index)) {
      throw wrong("input %s is missing".formatted(index));
    }
    return values.get(index).orElseThrow();
  }

  boolean isKnown(int index) {
    return input(index) instanceof OnnxValue.Known;
  }

  /** Whether all inputs are known. */
  boolean isKnown() {
    return values.stream().flatMap(Optional::stream).allMatch(OnnxValue.Known.class::isInstance);
  }

  /** Whether no input depends on the batch. */
  boolean isFixed() {
    return values.stream().flatMap(Optional::stream).allMatch(OnnxValue::isFixed);
  }

  /** The inputs in words. */
  String described() {
    return values.stream()
        .map(
            value ->
                value
                    .map(each -> "%s %s".formatted(each.shapes().get(0), each.kind()))
                    .orElse("left out"))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  List<Shape> shapes(int index) {
    return input(index).shapes();
  }

  int rank(int index) {
    return shapes(index).get(0).rank();
  }

  /** The values of an input that must be known, once per probe. */
  List<Tensor> known(int index) {
    if (input(index) instanceof OnnxValue.Known known) {
      return known.tensors();
    }
    throw wrong("input %s must be constant, but is computed by the network".formatted(index));
  }

  /** The value of an input that must be known and not depend on the batch. */
  Tensor fixed(int index) {
    Tensor value = known(index).get(0);
    if (!input(index).isFixed()) {
      throw wrong("input %s must not depend on the batch size".formatted(index));
    }
    return value;
  }

  /** The whole numbers of a known input, once per probe. */
  List<List<Long>> longsPerProbe(int index) {
    return known(index).stream().map(this::longs).toList();
  }

  /** The whole numbers of a known input that does not depend on the batch. */
  List<Long> longs(int index) {
    return longs(fixed(index));
  }

  private List<Long> longs(Tensor tensor) {
    if (tensor.elements() > 1 << 20) {
      throw wrong("an input has too many elements for a list: " + tensor.shape());
    }
    return LongStream.of(tensor.toLongs()).boxed().toList();
  }

  /** A list that is an attribute in older operator sets and an input in newer ones. */
  Optional<List<Long>> longs(String attribute, int index) {
    if (hasInput(index)) {
      return Optional.of(longs(index));
    }
    return has(attribute) ? Optional.of(integers(attribute, List.of())) : Optional.empty();
  }

  /** A number that is an attribute in older operator sets and an input in newer ones. */
  double number(String attribute, int index, double fallback) {
    return hasInput(index) ? fixed(index).item() : number(attribute, fallback);
  }

  /** Axes that are an attribute in older operator sets and an input in newer ones. */
  Optional<List<Integer>> axes(String attribute, int index) {
    return longs(attribute, index)
        .map(axes -> axes.stream().map(axis -> dimension(attribute, axis)).toList());
  }

  private int dimension(String attribute, long value) {
    if (Math.abs(value) > 64) {
      throw wrong("%s %s is no dimension".formatted(attribute, value));
    }
    return (int) value;
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
    return dimension(attribute, integer(attribute, fallback));
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

  GraphProto graph(String attribute) {
    AttributeProto found = find(attribute, AttributeType.GRAPH);
    if (found == null) {
      throw wrong("attribute %s is missing".formatted(attribute));
    }
    return found.getG();
  }

  private @Nullable AttributeProto find(String attribute, AttributeType type) {
    AttributeProto found = attributes.get(attribute);
    if (found != null && found.getType() != type) {
      throw wrong(
          "attribute %s must be of type %s, but is %s".formatted(attribute, type, found.getType()));
    }
    return found;
  }

  /** Says that this node's operator is not known, and what can be done. */
  ModelFormatException unknown() {
    String domain = OnnxOpsets.domain(proto.getDomain());
    return wrong(
        domain.isEmpty()
            ? "unknown operator of operator set %s; export the network without it, or run onnxsim over the file where it depends on constants only"
                .formatted(opset)
            : "unknown operator of the domain %s, version %s; export the network with ONNX's own operators, or save it before it is optimized for one machine"
                .formatted(domain, opset));
  }

  /** What is wrong with this node, as an exception. */
  ModelFormatException wrong(String message) {
    return new ModelFormatException(path, "node \"%s\" (%s): %s".formatted(name, type(), message));
  }
}
