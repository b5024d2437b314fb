package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.tensor.Scope;
import io.adversight.tensor.TensorException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads networks from ONNX files (operator sets up to 28). */
public final class OnnxImporter {
  private static final int PIECE = 1 << 20;

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
      return pieces(path);
    } catch (OutOfMemoryError | ArithmeticException e) {
      throw new ModelFormatException(
          path.toString(),
          "the file of %s MB does not fit into the Java heap; start with a larger -Xmx"
              .formatted(Files.size(path) >> 20));
    }
  }

  /**
   * A file read piece by piece: for every thread Java keeps a native buffer as large as the largest
   * piece.
   *
   * @throws ArithmeticException if the file has more bytes than an array can have
   */
  private static byte[] pieces(Path path) throws IOException {
    try (FileChannel in = FileChannel.open(path)) {
      byte[] bytes = new byte[Math.toIntExact(in.size())];
      int done = 0;
      while (done < bytes.length) {
        int read = in.read(ByteBuffer.wrap(bytes, done, Math.min(PIECE, bytes.length - done)));
        if (read < 0) {
          throw new EOFException("%s became shorter while it was read".formatted(path));
        }
        done += read;
      }
      return bytes;
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

  /**
   * What a file declares of its network; the network itself is not read.
   *
   * @throws ModelFormatException if there is no such file, or it is no ONNX file of one image
   */
  public static ModelSignature signature(Path path, ImportOptions options) {
    if (!Files.isRegularFile(path)) {
      throw new ModelFormatException(path.toString(), "there is no such file");
    }
    try {
      return signature(parsed(bytes(path), path.toString()), path.toString(), options);
    } catch (IOException e) {
      throw new ModelFormatException(path.toString(), "the file cannot be read");
    }
  }

  private static ModelSignature signature(ModelProto model, String path, ImportOptions options) {
    OnnxOpsets.of(model.getOpsetImportList(), path);
    GraphProto graph = model.getGraph();
    String output = output(graph, options, path);
    OnnxWiring wiring = new OnnxWiring(path, graph, List.of(output));
    ValueInfoProto image = OnnxInputs.of(graph, wiring, options, path).image();
    return new ModelSignature(OnnxInput.declared(image), scores(graph), EmbeddedLabels.of(model));
  }

  private static ModelProto parsed(byte[] bytes, String path) {
    Optional<String> foreign = ForeignFormat.of(bytes);
    if (foreign.isPresent()) {
      throw new ModelFormatException(path, "this is not an ONNX file but " + foreign.get());
    }
    try {
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      in.enableAliasing(true);
      in.setRecursionLimit(32);
      return ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFormatException(path, "this is not an ONNX file: " + e.getMessage());
    } catch (IOException e) {
      throw new ModelFormatException(path, "the file cannot be read");
    }
  }

  private static ImportedModel read(
      byte[] bytes, String path, Optional<Path> folder, ImportOptions options) {
    ModelProto model = parsed(bytes, path);
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
          scores(proto),
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

  /**
   * The outputs that can be scores: not those declared as whole numbers or texts, such as the label
   * that some exporters give beside the scores; all if there are no others.
   */
  private static List<String> scores(GraphProto proto) {
    List<String> scores =
        proto.getOutputList().stream()
            .filter(OnnxImporter::canBeScores)
            .map(ValueInfoProto::getName)
            .toList();
    return scores.isEmpty()
        ? proto.getOutputList().stream().map(ValueInfoProto::getName).toList()
        : scores;
  }

  private static boolean canBeScores(ValueInfoProto output) {
    DataType type = DataType.forNumber(output.getType().getTensorType().getElemType());
    return !output.getType().hasTensorType()
        || type == null
        || type == DataType.UNDEFINED
        || OnnxInput.REAL.contains(type);
  }

  private static String output(GraphProto proto, ImportOptions options, String path) {
    List<String> outputs = proto.getOutputList().stream().map(ValueInfoProto::getName).toList();
    if (outputs.isEmpty()) {
      throw new ModelFormatException(path, "the network has no output");
    }
    String wanted = options.output().orElseGet(() -> scores(proto).get(0));
    if (!outputs.contains(wanted)) {
      throw new ModelFormatException(
          path,
          "there is no output \"%s\"; the outputs are %s"
              .formatted(wanted, String.join(", ", outputs)));
    }
    return wanted;
  }
}
