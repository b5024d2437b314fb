package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A case of ONNX's conformance suite: a folder with a network, inputs and outputs. The first input
 * of floating point numbers is the network's, the others are constants.
 */
final class ConformanceCase {
  private static final Set<DataType> FLOATING =
      Set.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16);

  private static final String IMAGE = "conformance.image";
  private static final String SHAPE = "conformance.shape";
  private static final String RESULT = "conformance.result";

  /** The suite's own tolerance: some of its values have four digits only. */
  private static final double SUITE = 1e-3;

  private final Path folder;
  private final ModelProto model;
  private final List<TensorProto> inputs;
  private final int own;
  private final TensorProto output;

  /** What became of a case. */
  enum Verdict {
    RIGHT,
    WRONG,
    REFUSED
  }

  /**
   * The result of a case.
   *
   * @param why what was wrong or refused; else empty
   */
  record Result(String name, Verdict verdict, String why) {}

  private ConformanceCase(
      Path folder, ModelProto model, List<TensorProto> inputs, int own, TensorProto output) {
    this.folder = folder;
    this.model = model;
    this.inputs = inputs;
    this.own = own;
    this.output = output;
  }

  /** The case in a folder; empty if none of its inputs is a tensor of floating point numbers. */
  static Optional<ConformanceCase> in(Path folder) {
    try {
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx")));
      Set<String> given =
          model.getGraph().getInitializerList().stream()
              .map(TensorProto::getName)
              .collect(Collectors.toSet());
      List<ValueInfoProto> declared =
          model.getGraph().getInputList().stream()
              .filter(value -> !given.contains(value.getName()))
              .toList();
      List<TensorProto> inputs = new ArrayList<>();
      int own = -1;
      for (int i = 0; i < declared.size(); i++) {
        Path file = folder.resolve("test_data_set_0/input_%s.pb".formatted(i));
        if (!declared.get(i).getType().hasTensorType() || !Files.exists(file)) {
          return Optional.empty();
        }
        inputs.add(
            TensorProto.parseFrom(Files.readAllBytes(file)).toBuilder()
                .setName(declared.get(i).getName())
                .build());
        DataType type = DataType.forNumber(declared.get(i).getType().getTensorType().getElemType());
        own = own < 0 && type != null && FLOATING.contains(type) ? i : own;
      }
      Path output = folder.resolve("test_data_set_0/output_0.pb");
      boolean ofTensors =
          model.getGraph().getOutputCount() > 0
              && model.getGraph().getOutput(0).getType().hasTensorType();
      boolean empty = own >= 0 && inputs.get(own).getDimsList().contains(0L);
      return own < 0 || empty || !Files.exists(output) || !ofTensors
          ? Optional.empty()
          : Optional.of(
              new ConformanceCase(
                  folder, model, inputs, own, TensorProto.parseFrom(Files.readAllBytes(output))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The case as it stands, and as a network whose input is one image of the case's shape. */
  Result result() {
    String name = folder.getFileName().toString();
    String why = "";
    boolean right = false;
    for (boolean wrapped : new boolean[] {false, true}) {
      try (Scope scope = Scope.open()) {
        OnnxTensors tensors = new OnnxTensors(name, Optional.empty());
        Graph graph = OnnxImporter.read(network(wrapped).toByteArray(), name).graph();
        Tensor x = tensors.read(inputs.get(own), "input").asFloat();
        long[] sizes = x.shape().toArray();
        Tensor image = wrapped ? x.reshape(ofOne(sizes)) : x;
        Tensor found = graph.forward(image);
        Tensor expected = tensors.read(output, "output");
        String difference = difference(found, expected);
        if (!difference.isEmpty()) {
          return new Result(name, Verdict.WRONG, (wrapped ? "as image: " : "") + difference);
        }
        right = true;
      } catch (ModelFormatException e) {
        why = String.valueOf(e.getMessage());
      } catch (RuntimeException e) {
        return new Result(name, Verdict.WRONG, e.toString().lines().findFirst().orElse(""));
      }
    }
    return right
        ? new Result(name, Verdict.RIGHT, "")
        : new Result(name, Verdict.REFUSED, why.replace(name + ": ", ""));
  }

  private String difference(Tensor found, Tensor expected) {
    // The importer keeps the dimension of images where a case has none, or squeezes it.
    if (!withoutOnes(found.shape()).equals(withoutOnes(expected.shape()))) {
      return "shape %s instead of %s".formatted(found.shape(), expected.shape());
    }
    DataType type = DataType.forNumber(output.getDataType());
    boolean half = type == DataType.FLOAT16 || type == DataType.BFLOAT16;
    double[] a = found.toDoubles();
    double[] b = expected.toDoubles();
    double largest = 1e-3;
    for (double each : b) {
      largest = Double.isFinite(each) ? Math.max(largest, Math.abs(each)) : largest;
    }
    for (int i = 0; i < a.length; i++) {
      double error = Math.abs(a[i] - b[i]);
      boolean close = error <= (half ? 1e-2 : 1e-5) * largest || error <= SUITE * Math.abs(b[i]);
      if (Double.compare(a[i], b[i]) != 0 && !close) {
        return "%s instead of %s at %s of %s".formatted(a[i], b[i], i, expected.shape());
      }
    }
    return "";
  }

  private static List<Long> withoutOnes(Shape shape) {
    return LongStream.of(shape.toArray()).dropWhile(size -> size == 1).boxed().toList();
  }

  private static long[] ofOne(long[] sizes) {
    long[] all = new long[sizes.length + 1];
    all[0] = 1;
    System.arraycopy(sizes, 0, all, 1, sizes.length);
    return all;
  }

  private ModelProto network(boolean wrapped) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    String result = graph.getOutput(0).getName();
    graph.clearInput().clearOutput();
    for (int i = 0; i < inputs.size(); i++) {
      if (i != own) {
        graph.addInitializer(inputs.get(i));
      }
    }
    ValueInfoProto declared =
        model.getGraph().getInputList().stream()
            .filter(value -> value.getName().equals(inputs.get(own).getName()))
            .findFirst()
            .orElseThrow();
    if (wrapped) {
      TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
      shape.addDimBuilder().setDimValue(1);
      inputs.get(own).getDimsList().forEach(size -> shape.addDimBuilder().setDimValue(size));
      TypeProto.Tensor type =
          declared.getType().getTensorType().toBuilder().setShape(shape).build();
      graph.addInput(
          ValueInfoProto.newBuilder()
              .setName(IMAGE)
              .setType(TypeProto.newBuilder().setTensorType(type)));
      List<NodeProto> nodes = new ArrayList<>();
      nodes.add(reshape(IMAGE, SHAPE, declared.getName()));
      nodes.addAll(graph.getNodeList());
      String numbers = result + ".numbers";
      nodes.add(
          NodeProto.newBuilder()
              .setOpType("Cast")
              .addInput(result)
              .addOutput(numbers)
              .addAttribute(
                  AttributeProto.newBuilder()
                      .setName("to")
                      .setType(AttributeProto.AttributeType.INT)
                      .setI(DataType.FLOAT_VALUE))
              .build());
      nodes.add(reshape(numbers, RESULT + ".shape", RESULT));
      graph.clearNode().addAllNode(nodes);
      graph.addInitializer(list(SHAPE, inputs.get(own).getDimsList()));
      List<Long> sizes = new ArrayList<>(List.of(1L));
      sizes.addAll(output.getDimsList());
      graph.addInitializer(list(RESULT + ".shape", sizes));
      graph.addOutput(ValueInfoProto.newBuilder().setName(RESULT));
    } else {
      graph.addInput(declared);
      graph.addOutput(model.getGraph().getOutput(0));
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static NodeProto reshape(String from, String shape, String to) {
    return NodeProto.newBuilder()
        .setOpType("Reshape")
        .addInput(from)
        .addInput(shape)
        .addOutput(to)
        .build();
  }

  private static TensorProto list(String name, List<Long> values) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(DataType.INT64_VALUE)
        .addDims(values.size())
        .addAllInt64Data(values)
        .build();
  }
}
