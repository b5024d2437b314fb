package io.adversight.cli;

import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static io.adversight.graph.OnnxFile.number;
import static io.adversight.graph.OnnxFile.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnknownFieldSet;
import io.adversight.graph.OnnxFile;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * A vision transformer of one block as {@code torch.onnx.export(dynamo=True)} writes it, with an
 * open batch: shapes computed by Shape, Squeeze and Concat, Reshape with allowzero, the transposed
 * weights of layers as constants named val, and attention taken apart as in torch's library, whose
 * keys are transposed as three-dimensional tensors. Without optimization attention and GELU stay
 * functions that call functions.
 */
class DynamoExportTest {
  private static final int SIDE = 16;
  private static final int CLASSES = 5;
  private static final String LIBRARY = "pkg.onnxscript.torch_lib";

  /** The field of a node that holds its metadata, which old protobuf classes do not know. */
  private static final int METADATA = 9;

  @TempDir Path folder;
  private Shell shell;
  private final List<Path> photos = new ArrayList<>();

  private enum Form {
    INLINED,
    FUNCTIONS
  }

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    for (int i = 0; i < 2; i++) {
      Path photo = folder.resolve("photo" + i + ".png");
      float[] values = new Rng(8 + i).uniform(3 * SIDE * SIDE, 0, 1);
      ImageFiles.writePng(Raster.of(3, SIDE, SIDE, values), photo);
      photos.add(photo);
    }
  }

  /** Names, as the exporter does, a node after its output. */
  private static void node(
      OnnxFile file,
      String type,
      String output,
      List<String> inputs,
      ai.onnx.proto.OnnxMl.AttributeProto... attributes) {
    file.node("node_" + output, type, List.of(output), inputs, attributes);
  }

  private static OnnxFile weights(OnnxFile file) {
    file.floats("patch.weight", new Rng(1).uniform(8 * 192, -0.3, 0.3), 8, 3, 8, 8)
        .floats("patch.bias", new Rng(2).uniform(8, -1, 1), 8)
        .floats("cls", new Rng(3).uniform(8, -1, 1), 1, 1, 8)
        .floats("pos", new Rng(4).uniform(40, -1, 1), 1, 5, 8)
        .floats("norm1.weight", new Rng(5).uniform(8, 0.5, 1.5), 8)
        .floats("norm1.bias", new Rng(6).uniform(8, -0.5, 0.5), 8)
        .floats("val_9", new Rng(7).uniform(192, -1, 1), 8, 24)
        .floats("qkv.bias", new Rng(8).uniform(24, -0.5, 0.5), 24)
        .floats("val_60", new Rng(9).uniform(64, -1, 1), 8, 8)
        .floats("proj.bias", new Rng(10).uniform(8, -0.5, 0.5), 8)
        .floats("norm2.weight", new Rng(11).uniform(8, 0.5, 1.5), 8)
        .floats("norm2.bias", new Rng(12).uniform(8, -0.5, 0.5), 8)
        .floats("val_70", new Rng(13).uniform(128, -1, 1), 8, 16)
        .floats("fc1.bias", new Rng(14).uniform(16, -0.5, 0.5), 16)
        .floats("val_80", new Rng(15).uniform(128, -1, 1), 16, 8)
        .floats("fc2.bias", new Rng(16).uniform(8, -0.5, 0.5), 8)
        .floats("head.weight", new Rng(17).uniform(8 * CLASSES, -2, 2), CLASSES, 8)
        .floats("head.bias", new Rng(18).uniform(CLASSES, -1, 1), CLASSES);
    file.longs("val_1", -1).longs("n8", 8).longs("n4", 4).longs("n1", 1).longs("n5", 5);
    file.longs("n3", 3).longs("n2", 2).longs("zero", 0).longs("minus_2", -2);
    file.longs("largest", Long.MAX_VALUE);
    for (int i = 0; i < 3; i++) {
      file.tensor(scalar("at_" + i, i));
    }
    return file;
  }

  private static TensorProto scalar(String name, long value) {
    return OnnxFile.tensor(value).toBuilder().clearDims().setName(name).build();
  }

  private static TensorProto number32(double value) {
    return OnnxFile.tensor(new float[] {(float) value});
  }

  /** A constant inside of a function, which has no initializers. */
  private static void constant(OnnxFile file, String name, TensorProto value) {
    node(file, "Constant", name, List.of(), OnnxFile.value(value));
  }

  /** softmax(q k' s) v with k' by way of three dimensions; {@code root} is the square root of s. */
  private static void attention(
      OnnxFile file, String query, String key, String value, String root, String result) {
    node(file, "Shape", "val_20", List.of(key), integer("start", 0));
    node(file, "Slice", "val_21", List.of("val_20", "val_1", "largest"));
    node(file, "Slice", "val_22", List.of("val_20", "minus_2", "val_1"));
    node(file, "Slice", "val_23", List.of("val_20", "zero", "minus_2"));
    node(file, "Concat", "val_24", List.of("val_1", "val_22", "val_21"), integer("axis", 0));
    node(file, "Reshape", "val_25", List.of(key, "val_24"), integer("allowzero", 0));
    node(file, "Transpose", "val_26", List.of("val_25"), integers("perm", 0, 2, 1));
    node(file, "Concat", "val_27", List.of("val_23", "val_21", "val_22"), integer("axis", 0));
    node(file, "Reshape", "val_28", List.of("val_26", "val_27"), integer("allowzero", 0));
    node(file, "Mul", "val_30", List.of(query, root));
    node(file, "Mul", "val_32", List.of("val_28", root));
    node(file, "MatMul", "val_33", List.of("val_30", "val_32"));
    node(file, "Softmax", "val_34", List.of("val_33"), integer("axis", -1));
    node(file, "MatMul", result, List.of("val_34", value));
  }

  /** x / 2 (1 + erf(x / sqrt 2)) of constants {@code sqrt2}, {@code one}, {@code half}. */
  private static void gelu(OnnxFile file, String input, String result) {
    node(file, "Div", "val_72", List.of(input, "sqrt2"));
    node(file, "Erf", "val_73", List.of("val_72"));
    node(file, "Add", "val_75", List.of("val_73", "one"));
    node(file, "Mul", "val_76", List.of("half", "val_75"));
    node(file, "Mul", result, List.of(input, "val_76"));
  }

  private static FunctionProto function(
      String name, OnnxFile body, List<String> inputs, String output) {
    return FunctionProto.newBuilder()
        .setName(name)
        .setDomain(LIBRARY)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllNode(body.proto().getGraph().getNodeList())
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(18))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(LIBRARY).setVersion(1))
        .build();
  }

  /** The functions of the exporter's library: the scale is computed in one that another calls. */
  private static void library(OnnxFile file) {
    OnnxFile scale = new OnnxFile(18);
    constant(scale, "last", OnnxFile.tensor(-1));
    constant(scale, "end", OnnxFile.tensor(Long.MAX_VALUE));
    constant(scale, "unit", number32(1));
    node(scale, "Shape", "shape", List.of("query"));
    node(scale, "Slice", "size", List.of("shape", "last", "end"));
    node(scale, "CastLike", "real", List.of("size", "query"));
    node(scale, "Sqrt", "length", List.of("real"));
    node(scale, "Div", "scale", List.of("unit", "length"));
    file.function(function("_attention_scale", scale, List.of("query"), "scale"));
    OnnxFile attention = new OnnxFile(18);
    constant(attention, "val_1", OnnxFile.tensor(-1));
    constant(attention, "minus_2", OnnxFile.tensor(-2));
    constant(attention, "zero", OnnxFile.tensor(0));
    constant(attention, "largest", OnnxFile.tensor(Long.MAX_VALUE));
    node(attention, LIBRARY + "._attention_scale", "scale", List.of("query"));
    node(attention, "Sqrt", "root", List.of("scale"));
    attention(attention, "query", "key", "value", "root", "result");
    file.function(
        function(
            "aten_scaled_dot_product_attention",
            attention,
            List.of("query", "key", "value"),
            "result"));
    OnnxFile gelu = new OnnxFile(18);
    constant(gelu, "sqrt2", number32(Math.sqrt(2)));
    constant(gelu, "one", number32(1));
    constant(gelu, "half", number32(0.5));
    gelu(gelu, "self", "result");
    file.function(function("aten_gelu", gelu, List.of("self"), "result"));
  }

  private static void norm(OnnxFile file, String layer, String input, String output) {
    node(
        file,
        "LayerNormalization",
        output,
        List.of(input, layer + ".weight", layer + ".bias"),
        integer("stash_type", 1),
        number("epsilon", 1e-6f),
        integer("axis", -1));
  }

  private static void linear(
      OnnxFile file, String input, String weight, String bias, String output) {
    node(file, "MatMul", output + "_product", List.of(input, weight));
    node(file, "Add", output, List.of(output + "_product", bias));
  }

  private static void view(OnnxFile file, String input, String output, String... sizes) {
    node(file, "Concat", output + "_sizes", Arrays.asList(sizes), integer("axis", 0));
    node(file, "Reshape", output, List.of(input, output + "_sizes"), integer("allowzero", 1));
  }

  private static ModelProto network(Form form) {
    OnnxFile file = weights(new OnnxFile(18).input("x", -1, 3, SIDE, SIDE).output("linear_4"));
    node(
        file,
        "Conv",
        "conv2d",
        List.of("x", "patch.weight", "patch.bias"),
        integer("group", 1),
        integers("strides", 8, 8),
        text("auto_pad", "NOTSET"),
        integers("pads", 0, 0, 0, 0),
        integers("dilations", 1, 1));
    node(file, "Shape", "val_0", List.of("x"), integer("start", 0), integer("end", 1));
    node(file, "Squeeze", "sym_size_int_2", List.of("val_0"));
    node(file, "Reshape", "val_2", List.of("sym_size_int_2", "val_1"), integer("allowzero", 0));
    view(file, "conv2d", "view", "val_2", "n8", "n4");
    node(file, "Transpose", "transpose", List.of("view"), integers("perm", 0, 2, 1));
    node(file, "Concat", "val_6", List.of("val_2", "n1", "n8"), integer("axis", 0));
    node(file, "Abs", "val_7", List.of("val_6"));
    node(file, "Expand", "expand", List.of("cls", "val_7"));
    node(file, "Concat", "cat", List.of("expand", "transpose"), integer("axis", 1));
    node(file, "Add", "add_12", List.of("cat", "pos"));
    norm(file, "norm1", "add_12", "layer_norm");
    linear(file, "layer_norm", "val_9", "qkv.bias", "linear");
    view(file, "linear", "view_1", "val_2", "n5", "n3", "n2", "n4");
    node(file, "Transpose", "permute", List.of("view_1"), integers("perm", 2, 0, 3, 1, 4));
    node(file, "Gather", "select", List.of("permute", "at_0"), integer("axis", 0));
    node(file, "Gather", "select_1", List.of("permute", "at_1"), integer("axis", 0));
    node(file, "Gather", "select_2", List.of("permute", "at_2"), integer("axis", 0));
    if (form == Form.FUNCTIONS) {
      library(file);
      node(
          file,
          LIBRARY + ".aten_scaled_dot_product_attention",
          "scaled_dot_product_attention",
          List.of("select", "select_1", "select_2"));
    } else {
      file.tensor(number32(Math.sqrt(0.5)).toBuilder().clearDims().setName("root").build());
      attention(file, "select", "select_1", "select_2", "root", "scaled_dot_product_attention");
    }
    node(
        file,
        "Transpose",
        "permute_1",
        List.of("scaled_dot_product_attention"),
        integers("perm", 0, 2, 1, 3));
    view(file, "permute_1", "view_2", "val_2", "n5", "n8");
    linear(file, "view_2", "val_60", "proj.bias", "linear_1");
    node(file, "Add", "add_90", List.of("add_12", "linear_1"));
    norm(file, "norm2", "add_90", "layer_norm_1");
    linear(file, "layer_norm_1", "val_70", "fc1.bias", "linear_2");
    if (form == Form.FUNCTIONS) {
      node(file, LIBRARY + ".aten_gelu", "gelu", List.of("linear_2"));
    } else {
      file.scalar("sqrt2", Math.sqrt(2)).scalar("one", 1).scalar("half", 0.5);
      gelu(file, "linear_2", "gelu");
    }
    linear(file, "gelu", "val_80", "fc2.bias", "linear_3");
    node(file, "Add", "add_120", List.of("add_90", "linear_3"));
    node(file, "Gather", "select_3", List.of("add_120", "at_0"), integer("axis", 1));
    node(
        file,
        "Gemm",
        "linear_4",
        List.of("select_3", "head.weight", "head.bias"),
        number("alpha", 1),
        number("beta", 1),
        integer("transA", 0),
        integer("transB", 1));
    return described(file.proto());
  }

  /** With the producer, the version of the format and each node's place in the module. */
  private static ModelProto described(ModelProto plain) {
    ModelProto.Builder model = plain.toBuilder().setIrVersion(10).setProducerName("pytorch");
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(LIBRARY).setVersion(1));
    model.getGraphBuilder().setName("main_graph");
    for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
      UnknownFieldSet.Field.Builder entries = UnknownFieldSet.Field.newBuilder();
      Stream.of("namespace", "pkg.torch.onnx.class_hierarchy", "pkg.torch.onnx.fx_node")
          .map(key -> StringStringEntryProto.newBuilder().setKey(key).setValue(node.getName()))
          .forEach(entry -> entries.addLengthDelimited(entry.build().toByteString()));
      node.setUnknownFields(
          UnknownFieldSet.newBuilder().addField(METADATA, entries.build()).build());
    }
    return model.build();
  }

  private Path written(Form form) throws IOException {
    return Files.write(folder.resolve("model.onnx"), network(form).toByteArray());
  }

  private JsonNode predicted(Object... words) {
    Shell.Outcome outcome = shell.run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.json();
  }

  @ParameterizedTest
  @EnumSource
  void givesWhatOnnxRuntimeMakesOfTheFile(Form form) throws IOException {
    Path network = written(form);
    try (Scope scope = Scope.open();
        InferenceSession original = InferenceSession.of(Files.readAllBytes(network), 1)) {
      for (String engine : List.of("libtorch", "onnxruntime")) {
        JsonNode both =
            predicted(
                "predict",
                "--json",
                "--engine",
                engine,
                "--model",
                network,
                photos.get(0),
                photos.get(1));
        for (int i = 0; i < 2; i++) {
          float[] pixels = ImageFiles.read(photos.get(i)).toArray();
          double[] expected = original.run(Tensor.of(pixels, 1, 3, SIDE, SIDE)).toDoubles();
          for (int k = 0; k < CLASSES; k++) {
            assertThat(both.at("/images/%s/logits/%s".formatted(i, k)).asDouble())
                .as("%s, image %s, class %s", engine, i, k)
                .isCloseTo(expected[k], within(1e-4));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAttackedAndExplainedByItsAttention(Form form) throws IOException {
    Shell.Outcome outcome =
        shell.run(
            "attack",
            "--model",
            written(form),
            "--attack",
            "pgd",
            "--epsilon",
            "0.1",
            "--method",
            "grad-cam,attention-rollout,attention-relevance,attn-lrp,le-grad",
            "--out",
            folder.resolve("out"),
            photos.get(0));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).doesNotContain("cannot", "no attention");
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .anyMatch(name -> name.contains("attention-rollout"));
    }
  }

  @Test
  void namesAFunctionThatTheFileDoesNotBring() throws IOException {
    ModelProto.Builder model = network(Form.FUNCTIONS).toBuilder().clearFunctions();
    Path network = Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
    Shell.Outcome outcome = shell.run("predict", "--model", network, photos.get(0));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .hasLineCount(1)
        .contains("node_scaled_dot_product_attention", "aten_scaled_dot_product_attention");
  }
}
