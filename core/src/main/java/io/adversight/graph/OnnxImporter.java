package io.adversight.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads networks from ONNX files (operator sets 7 to 20). */
public final class OnnxImporter {
  private OnnxImporter() {}

  /**
   * The network in a file, with default options.
   *
   * @throws ModelFormatException if there is no such file, or it is not a network that can be run
   */
  public static ImportedModel read(Path path) {
    return read(path, new ImportOptions());
  }

  /**
   * The network in a file.
   *
   * @throws ModelFormatException if there is no such file, or it is not a network that can be run
   */
  public static ImportedModel read(Path path, ImportOptions options) {
    if (!Files.isRegularFile(path)) {
      throw new ModelFormatException(path.toString(), "there is no such file");
    }
    try {
      Optional<Path> folder = Optional.ofNullable(path.toAbsolutePath().getParent());
      return read(Files.readAllBytes(path), path.toString(), folder, options);
    } catch (IOException e) {
      throw new ModelFormatException(path.toString(), "the file cannot be read");
    }
  }

  /**
   * The network in {@code bytes}.
   *
   * @param name what messages call the file
   * @throws ModelFormatException if it is not a network that can be run
   */
  public static ImportedModel read(byte[] bytes, String name) {
    return read(bytes, name, new ImportOptions());
  }

  /** The network in {@code bytes}, read with options. */
  public static ImportedModel read(byte[] bytes, String name, ImportOptions options) {
    return read(bytes, name, Optional.empty(), options);
  }

  private static ImportedModel read(
      byte[] bytes, String path, Optional<Path> folder, ImportOptions options) {
    ModelProto model;
    try {
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      in.enableAliasing(true);
      in.setRecursionLimit(32);
      model = ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFormatException(path, "this is not an ONNX file: " + e.getMessage());
    } catch (IOException e) {
      throw new ModelFormatException(path, "the file cannot be read");
    }
    int opset = 0;
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
        opset = (int) set.getVersion();
      }
    }
    GraphProto proto = model.getGraph();
    OnnxTensors tensors = new OnnxTensors(path, folder);
    Map<String, Tensor> constants = new HashMap<>();
    try (Scope scope = Scope.open()) {
      for (TensorProto tensor : proto.getInitializerList()) {
        Tensor value = scope.release(tensors.read(tensor, tensor.getName()));
        constants.put(tensor.getName(), value);
      }
    }
    ValueInfoProto input =
        proto.getInputList().stream()
            .filter(value -> !constants.containsKey(value.getName()))
            .findFirst()
            .orElseThrow(() -> new ModelFormatException(path, "the network has no input"));
    List<Long> shape = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : input.getType().getTensorType().getShape().getDimList()) {
      shape.add(dim.hasDimValue() ? dim.getDimValue() : -1);
    }
    Map<String, String> names = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (NodeProto node : proto.getNodeList()) {
      String name = node.getName().isEmpty() ? node.getOutput(0) : node.getName();
      OnnxNode onnx = new OnnxNode(node, path, name, opset);
      List<String> inputs =
          node.getInputList().stream()
              .map(each -> names.getOrDefault(each, each))
              .collect(Collectors.toCollection(ArrayList::new));
      Operator operator = operator(onnx, inputs, constants);
      nodes.add(new Node(name, operator, inputs));
      names.put(node.getOutput(0), name);
    }
    String last = proto.getOutput(0).getName();
    Graph graph = new Graph(input.getName(), nodes, constants, names.getOrDefault(last, last));
    boolean softmax = nodes.get(nodes.size() - 1).operator() instanceof Activation.Softmax;
    return new ImportedModel(
        options.foldBatchNormalization() ? FoldBatchNormalization.in(graph) : graph,
        shape,
        opset,
        softmax);
  }

  private static Operator operator(
      OnnxNode node, List<String> inputs, Map<String, Tensor> constants) {
    List<Long> ones = List.of(1L, 1L);
    List<Long> none = List.of(0L, 0L, 0L, 0L);
    return switch (node.type()) {
      case "Relu" -> new Activation.Relu();
      case "Add" -> new Arithmetic.Add();
      case "Concat" -> new Layout.Concat(node.axis("axis", 1));
      case "Flatten" -> new Layout.Flatten(node.axis("axis", 1));
      case "Softmax" -> new Activation.Softmax(node.axis("axis", -1));
      case "GlobalAveragePool" -> new Pooling.GlobalAveragePool();
      case "BatchNormalization" ->
          new Normalization.BatchNormalization(node.number("epsilon", 1e-5));
      case "LRN" ->
          new Normalization.LRN(
              node.integer("size", 1),
              node.number("alpha", 1e-4),
              node.number("beta", 0.75),
              node.number("bias", 1));
      case "Gemm" ->
          new Linear.Gemm(
              node.number("alpha", 1),
              node.number("beta", 1),
              node.flag("transA", false),
              node.flag("transB", false));
      case "Conv" ->
          new Linear.Conv(
              node.integers("strides", ones),
              node.integers("pads", none),
              node.integers("dilations", ones),
              node.integer("group", 1));
      case "MaxPool" ->
          new Pooling.MaxPool(
              node.integers("kernel_shape", ones),
              node.integers("strides", ones),
              node.integers("pads", none),
              node.integers("dilations", ones),
              node.flag("ceil_mode", false));
      case "Clip" -> {
        double low = bound(node, inputs, constants, 1, Double.NEGATIVE_INFINITY);
        double high = bound(node, inputs, constants, 2, Double.POSITIVE_INFINITY);
        inputs.subList(1, inputs.size()).clear();
        yield new Activation.Clip(low, high);
      }
      default -> throw node.wrong("the operator is not supported");
    };
  }

  private static double bound(
      OnnxNode node,
      List<String> inputs,
      Map<String, Tensor> constants,
      int index,
      double fallback) {
    Tensor given = inputs.size() > index ? constants.get(inputs.get(index)) : null;
    return given == null ? node.number(index == 1 ? "min" : "max", fallback) : given.item();
  }
}
