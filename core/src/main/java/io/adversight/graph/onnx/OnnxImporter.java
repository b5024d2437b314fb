package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.tensor.Scope;
import io.adversight.tensor.TensorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads networks from ONNX files (operator sets up to 28). */
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
      return read(bytes(path), path.toString(), folder, options);
    } catch (IOException e) {
      throw new ModelFormatException(path.toString(), "the file cannot be read");
    }
  }

  private static byte[] bytes(Path path) throws IOException {
    try {
      return Files.readAllBytes(path);
    } catch (OutOfMemoryError e) {
      throw new ModelFormatException(
          path.toString(),
          "the file of %s MB does not fit into the Java heap; start with a larger -Xmx"
              .formatted(Files.size(path) >> 20));
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
    Map<String, Integer> opsets = OnnxOpsets.of(model.getOpsetImportList(), path);
    LocalFunctions functions = new LocalFunctions(model.getFunctionsList());
    GraphProto proto = model.getGraph();
    if (proto.getSparseInitializerCount() > 0) {
      throw new ModelFormatException(path, "sparse tensors are not supported");
    }
    String output = output(proto, options, path);
    OnnxInputs inputs =
        OnnxInputs.of(proto, new OnnxWiring(path, proto, List.of(output)), options, path);
    ValueInfoProto declared = inputs.image();
    GraphProto whole = inputs.graph();
    OnnxWiring wiring = new OnnxWiring(path, whole, List.of(output));
    try (Scope scope = Scope.open()) {
      OnnxInput input = OnnxInput.of(declared, options.image(), OnnxReading.PROBES, path);
      OnnxBatches.Reader reader =
          batches -> {
            OnnxInput own = OnnxInput.of(declared, options.image(), batches, path);
            OnnxTensors tensors = new OnnxTensors(path, folder);
            Graph read =
                new OnnxReading(
                        path,
                        opsets,
                        functions,
                        whole,
                        own,
                        tensors,
                        wiring,
                        options.limits(),
                        scope)
                    .graph(output);
            return options.foldBatchNormalization() ? FoldBatchNormalization.in(read) : read;
          };
      Graph graph = new OnnxBatches(path, input.declared().get(0), reader).graph(input.image());
      return new ImportedModel(
          graph,
          input.declared(),
          OnnxInput.isWhole(declared),
          opsets.getOrDefault("", 0),
          graph.endsInSoftmax(),
          proto.getOutputList().stream().map(ValueInfoProto::getName).toList(),
          model.getMetadataPropsList().stream()
              .collect(
                  Collectors.toMap(
                      StringStringEntryProto::getKey,
                      StringStringEntryProto::getValue,
                      (first, second) -> first)));
    } catch (ModelFormatException e) {
      throw e;
    } catch (TensorException.OutOfMemory e) {
      throw new ModelFormatException(path, "there is not enough memory for its weights");
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(path, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      ModelFormatException damaged =
          new ModelFormatException(path, "the file is damaged: its parts do not fit together");
      damaged.initCause(e);
      throw damaged;
    }
  }

  private static String output(GraphProto proto, ImportOptions options, String path) {
    List<String> outputs = proto.getOutputList().stream().map(ValueInfoProto::getName).toList();
    if (outputs.isEmpty()) {
      throw new ModelFormatException(path, "the network has no output");
    }
    String wanted = options.output().orElse(outputs.get(0));
    if (!outputs.contains(wanted)) {
      throw new ModelFormatException(
          path,
          "there is no output \"%s\"; the outputs are %s"
              .formatted(wanted, String.join(", ", outputs)));
    }
    return wanted;
  }
}
