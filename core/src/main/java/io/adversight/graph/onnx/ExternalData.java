package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import io.adversight.graph.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Networks whose weights lie in other files of the same folder, as torch.onnx.export has them. */
public final class ExternalData {
  private static final long LARGEST = Integer.MAX_VALUE - 64; // of a protocol buffer

  private final OnnxTensors tensors;
  private final Path path;
  private long bytes;

  private ExternalData(Path path) {
    this.path = path;
    this.tensors =
        new OnnxTensors(path.toString(), Optional.ofNullable(path.toAbsolutePath().getParent()));
  }

  /**
   * The network in one file that needs no other; empty if the file at {@code path} is that already,
   * or no ONNX file.
   *
   * @throws ModelFormatException if another file is missing, too short or outside the folder of
   *     {@code path}, or if all together are too large for one file
   */
  public static Optional<byte[]> embedded(Path path) {
    try {
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(path));
      ExternalData data = new ExternalData(path);
      ModelProto.Builder whole = model.toBuilder().setGraph(data.embedded(model.getGraph()));
      for (int i = 0; i < model.getFunctionsCount(); i++) {
        FunctionProto function = model.getFunctions(i);
        whole.setFunctions(
            i,
            function.toBuilder()
                .clearNode()
                .addAllNode(function.getNodeList().stream().map(data::embedded).toList()));
      }
      return data.bytes == 0 ? Optional.empty() : Optional.of(whole.build().toByteArray());
    } catch (IOException notReadable) {
      return Optional.empty();
    }
  }

  private GraphProto embedded(GraphProto graph) {
    GraphProto.Builder whole = graph.toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      whole.setInitializer(i, embedded(graph.getInitializer(i)));
    }
    for (int i = 0; i < graph.getNodeCount(); i++) {
      whole.setNode(i, embedded(graph.getNode(i)));
    }
    return whole.build();
  }

  private NodeProto embedded(NodeProto node) {
    NodeProto.Builder whole = node.toBuilder();
    for (int i = 0; i < node.getAttributeCount(); i++) {
      AttributeProto attribute = node.getAttribute(i);
      AttributeProto.Builder changed = attribute.toBuilder();
      if (attribute.hasT()) {
        changed.setT(embedded(attribute.getT()));
      }
      if (attribute.hasG()) {
        changed.setG(embedded(attribute.getG()));
      }
      whole.setAttribute(i, changed);
    }
    return whole.build();
  }

  private TensorProto embedded(TensorProto tensor) {
    if (tensor.getDataLocation() != DataLocation.EXTERNAL) {
      return tensor;
    }
    TensorProto here = tensors.embedded(tensor);
    bytes += Math.max(1, here.getRawData().size());
    if (bytes > LARGEST) {
      throw new ModelFormatException(
          path.toString(), "its weights are too large for one file; use it by its path");
    }
    return here;
  }
}
