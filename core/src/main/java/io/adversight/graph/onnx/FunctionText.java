package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Bodies of functions as text, a line for each statement:
 *
 * <pre>{@code
 * centred = Sub(X, ReduceMean(X, axes))
 * Y = Div(centred, Sqrt(Add(ReduceMean(Mul(centred, centred), axes), epsilon)))
 * }</pre>
 *
 * A statement names one or several values and the operator, of operator set {@value #OPSET}, that
 * makes them. What an operator takes is a value, a number, a list of whole numbers in brackets, a
 * parameter, another operator, or {@code _} where an input is left out; attributes stand last, as
 * in {@code Concat(a, b, axis: 1)}.
 */
final class FunctionText {
  /** The operator set in which bodies are written. */
  static final int OPSET = 20;

  private final String text;
  private final Map<String, ?> parameters;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private int at;

  private FunctionText(String text, Map<String, ?> parameters) {
    this.text = text;
    this.parameters = parameters;
  }

  /**
   * The body that a text describes.
   *
   * @param signature the names of inputs and outputs, such as {@code X, scale -> Y}
   * @param parameters what further names stand for: numbers, lists of whole numbers, texts and
   *     tensors
   */
  static FunctionBody function(String signature, Map<String, ?> parameters, String text) {
    FunctionText reader = new FunctionText(text, parameters);
    String[] sides = signature.split("->", 2);
    List<String> inputs = names(sides[0]);
    reader.taken.addAll(inputs);
    reader.skip();
    while (reader.at < text.length()) {
      reader.statement();
      reader.skip();
    }
    return new FunctionBody(inputs, names(sides[1]), reader.nodes, Map.of("", OPSET));
  }

  private static List<String> names(String list) {
    return Stream.of(list.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  private void statement() {
    List<String> outputs = new ArrayList<>();
    do {
      outputs.add(name());
    } while (accept(','));
    expect('=');
    taken.addAll(outputs);
    String type = name();
    expect('(');
    call(type, outputs);
  }

  private String operand() {
    skip();
    char next = text.charAt(at);
    if (next == '[') {
      return constant(list());
    }
    if (Character.isDigit(next) || next == '-') {
      return constant(number());
    }
    String name = name();
    if (accept('(')) {
      String output = free(name);
      call(name, List.of(output));
      return output;
    }
    Object parameter = parameters.get(name);
    if (parameter != null) {
      return constant(parameter);
    }
    return name.equals("_") ? "" : name;
  }

  /** The rest of an operator behind its opening bracket. */
  private void call(String type, List<String> outputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(type).addAllOutput(outputs);
    while (!accept(')')) {
      int before = at;
      skip();
      String name = Character.isLetter(text.charAt(at)) ? name() : "";
      if (!name.isEmpty() && accept(':')) {
        node.addAttribute(attribute(name, value()));
      } else {
        at = before;
        node.addInput(operand());
      }
      accept(',');
    }
    nodes.add(node.build());
  }

  private Object value() {
    skip();
    char next = text.charAt(at);
    if (next == '[') {
      return list();
    }
    if (Character.isDigit(next) || next == '-') {
      return number();
    }
    String name = name();
    Object parameter = parameters.get(name);
    return parameter == null ? name : parameter;
  }

  private String constant(Object value) {
    String output = free("constant");
    nodes.add(FunctionBody.constant(output, tensor(value)));
    return output;
  }

  private static TensorProto tensor(Object value) {
    if (value instanceof TensorProto tensor) {
      return tensor;
    }
    if (value instanceof List<?> list) {
      TensorProto.Builder tensor =
          TensorProto.newBuilder()
              .setDataType(TensorProto.DataType.INT64_VALUE)
              .addDims(list.size());
      list.forEach(each -> tensor.addInt64Data(((Number) each).longValue()));
      return tensor.build();
    }
    return TensorProto.newBuilder()
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addFloatData(((Number) value).floatValue())
        .build();
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof List<?> list) {
      attribute.setType(AttributeProto.AttributeType.INTS);
      list.forEach(each -> attribute.addInts(((Number) each).longValue()));
    } else if (value instanceof String string) {
      attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(string));
    } else if (value instanceof Double || value instanceof Float) {
      attribute.setType(AttributeProto.AttributeType.FLOAT).setF(((Number) value).floatValue());
    } else {
      attribute.setType(AttributeProto.AttributeType.INT).setI(((Number) value).longValue());
    }
    return attribute.build();
  }

  private List<Long> list() {
    expect('[');
    List<Long> values = new ArrayList<>();
    while (!accept(']')) {
      values.add(number().longValue());
      accept(',');
    }
    return values;
  }

  private Number number() {
    skip();
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.matches("-?\\d+")) {
      return Long.valueOf(digits);
    }
    return Double.valueOf(digits);
  }

  private String name() {
    skip();
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (start == at) {
      throw new IllegalStateException("a name is missing at %s of %s".formatted(at, text));
    }
    return text.substring(start, at);
  }

  private String free(String name) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private boolean accept(char wanted) {
    skip();
    boolean there = at < text.length() && text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw new IllegalStateException("%s is missing at %s of %s".formatted(wanted, at, text));
    }
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
