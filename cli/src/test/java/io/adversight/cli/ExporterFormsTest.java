package io.adversight.cli;

import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.adversight.graph.OnnxFile;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.tensor.Rng;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * One small network in the forms that exporters write, through the commands: what it gives is the
 * same in each.
 */
class ExporterFormsTest {
  private static final int SIDE = 16;
  private static final int CLASSES = 5;

  @TempDir Path folder;
  private Shell shell;
  private Path photo;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    photo = folder.resolve("photo.png");
    float[] values = new Rng(8).uniform(3 * SIDE * SIDE, 0, 1);
    ImageFiles.writePng(Raster.of(3, SIDE, SIDE, values), photo);
  }

  /** Weights as exporters name them. */
  private static OnnxFile weights(OnnxFile file) {
    return file.floats("conv.weight", new Rng(1).uniform(4 * 27, -1, 1), 4, 3, 3, 3)
        .floats("conv.bias", new Rng(2).uniform(4, -1, 1), 4)
        .floats("fc.weight", new Rng(3).uniform(4 * CLASSES, -3, 3), CLASSES, 4)
        .floats("fc.bias", new Rng(4).uniform(CLASSES, -1, 1), CLASSES);
  }

  /** The network from "image" (N, 3, H, W) to logits. */
  private static OnnxFile plain(OnnxFile file, String image, String logits) {
    return weights(file)
        .node(
            "/conv/Conv",
            "Conv",
            List.of("/conv/Conv_output_0"),
            List.of(image, "conv.weight", "conv.bias"),
            integers("pads", 1, 1, 1, 1))
        .node("/relu/Relu", "Relu", List.of("/relu/Relu_output_0"), List.of("/conv/Conv_output_0"))
        .node(
            "/pool/GlobalAveragePool",
            "GlobalAveragePool",
            List.of("/pool/GlobalAveragePool_output_0"),
            List.of("/relu/Relu_output_0"))
        .node(
            "/Flatten",
            "Flatten",
            List.of("/Flatten_output_0"),
            List.of("/pool/GlobalAveragePool_output_0"))
        .node(
            "/fc/Gemm",
            "Gemm",
            List.of(logits),
            List.of("/Flatten_output_0", "fc.weight", "fc.bias"),
            integer("transB", 1));
  }

  private Path written(String name, ModelProto model) throws IOException {
    return Files.write(folder.resolve(name), model.toByteArray());
  }

  private List<Double> logits(Path network, Object... options) {
    List<Object> words = new ArrayList<>(List.of("predict", "--json", "--model", network));
    words.addAll(List.of(options));
    words.add(photo);
    Shell.Outcome outcome = shell.run(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<Double> logits = new ArrayList<>();
    outcome.json().at("/images/0/logits").forEach(each -> logits.add(each.asDouble()));
    return logits;
  }

  private List<Double> expected() throws IOException {
    OnnxFile file = plain(new OnnxFile(17).input(-1, 3, SIDE, SIDE), "x", "y");
    return logits(written("expected.onnx", file.proto()));
  }

  private static void assertSame(List<Double> found, List<Double> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      // Of probabilities the logits are known but for a constant.
      assertThat(found.get(i) - found.get(0))
          .isCloseTo(expected.get(i) - expected.get(0), within(1e-4));
    }
  }

  private void attackAndExplain(Path network, Object... options) {
    attackAndExplain("grad-cam,gradient", network, options);
  }

  private void attackAndExplain(String methods, Path network, Object... options) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "attack",
                "--model",
                network,
                "--attack",
                "fgsm",
                "--epsilon",
                "0.1",
                "--method",
                methods,
                "--out",
                folder.resolve("out-" + network.getFileName())));
    words.addAll(List.of(options));
    words.add(photo);
    Shell.Outcome outcome = shell.run(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  /** Shape arithmetic of dynamic batches, Identity chains and Constant nodes. */
  @Test
  void torchScript() throws IOException {
    OnnxFile file = new OnnxFile(14).input("input.1", -1, 3, SIDE, SIDE).output("437");
    weights(file)
        .node("Identity", "onnx::Conv_12", List.of("conv.weight"))
        .node("Identity", "onnx::Conv_13", List.of("onnx::Conv_12"))
        .node(
            "Conv",
            "19",
            List.of("input.1", "onnx::Conv_13", "conv.bias"),
            integers("pads", 1, 1, 1, 1))
        .node("Relu", "20", List.of("19"))
        .node("GlobalAveragePool", "21", List.of("20"))
        .node("Shape", "22", List.of("21"))
        .node("Constant", "23", List.of(), OnnxFile.value(scalar(0)))
        .node("Gather", "24", List.of("22", "23"), integer("axis", 0))
        .node("Constant", "25", List.of(), OnnxFile.value(OnnxFile.tensor(0)))
        .node("Unsqueeze", "26", List.of("24", "25"))
        .node("Constant", "27", List.of(), OnnxFile.value(OnnxFile.tensor(-1)))
        .node("Concat", "28", List.of("26", "27"), integer("axis", 0))
        .node("Reshape", "29", List.of("21", "28"))
        .node("Gemm", "437", List.of("29", "fc.weight", "fc.bias"), integer("transB", 1));
    Path network = written("torchscript.onnx", file.proto());
    assertSame(logits(network), expected());
    attackAndExplain(network);
  }

  private static ai.onnx.proto.OnnxMl.TensorProto scalar(long value) {
    return OnnxFile.tensor(value).toBuilder().clearDims().build();
  }

  /** NHWC input with a Transpose in front, a softmax behind, and names with colons and slashes. */
  @Test
  void tensorFlow() throws IOException {
    OnnxFile file = new OnnxFile(13).input("serving_default_input_1:0", -1, SIDE, SIDE, 3);
    file.output("StatefulPartitionedCall:0")
        .node(
            "StatefulPartitionedCall/model/conv/Conv2D__6",
            "Transpose",
            List.of("nchw:0"),
            List.of("serving_default_input_1:0"),
            integers("perm", 0, 3, 1, 2));
    plain(file, "nchw:0", "logits:0")
        .node("Softmax", "StatefulPartitionedCall:0", List.of("logits:0"), integer("axis", -1));
    Path network = written("saved_model.onnx", file.proto());
    assertSame(logits(network), expected());
    attackAndExplain(network);
  }

  /** Optimum leaves all sizes open, the number of channels as well. */
  @Test
  void allSizesOpen() throws IOException {
    OnnxFile file = new OnnxFile(17).input("pixel_values", -1, -1, -1, -1).output("logits");
    Path network = written("model.onnx", plain(file, "pixel_values", "logits").proto());
    assertSame(logits(network, "--size", SIDE), expected());
    attackAndExplain(network, "--size", SIDE);
    OnnxFile grey = new OnnxFile(17).input("pixel_values", -1, -1, -1, -1).output("logits");
    grey.floats("w", new Rng(1).uniform(2 * 9, -1, 1), 2, 1, 3, 3)
        .node("Conv", "c", List.of("pixel_values", "w"))
        .node("GlobalMaxPool", "p", List.of("c"))
        .node("Flatten", "logits", List.of("p"));
    assertThat(logits(written("grey.onnx", grey.proto()), "--size", SIDE)).hasSize(2);
  }

  /** The positions of a transformer fit images of one size, which need not be stated. */
  @Test
  void theSizeThatFitsThePositionsOfTokens() throws IOException {
    int tokens = (96 / 16) * (96 / 16);
    OnnxFile file = new OnnxFile(17).input("pixel_values", -1, -1, -1, -1).output("logits");
    file.floats("patch", new Rng(1).uniform(4 * 3 * 256, -1, 1), 4, 3, 16, 16)
        .floats("position", new Rng(2).uniform(tokens * 4, -1, 1), 1, tokens, 4)
        .floats("head", new Rng(3).uniform(12, -1, 1), 4, 3)
        .longs("tokens", 0, 4, -1)
        .longs("axis", 1)
        .node("Conv", "p", List.of("pixel_values", "patch"), integers("strides", 16, 16))
        .node("Reshape", "f", List.of("p", "tokens"))
        .node("Transpose", "t", List.of("f"), integers("perm", 0, 2, 1))
        .node("Add", "e", List.of("t", "position"))
        .node("ReduceMean", "m", List.of("e"), integers("axes", 1), integer("keepdims", 0))
        .node("MatMul", "logits", List.of("m", "head"));
    Path network = written("vit.onnx", file.proto());
    assertThat(logits(network)).hasSize(3);
    Shell.Outcome outcome = shell.run("predict", "--model", network, "--size", 64, photo);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).hasLineCount(1).contains("(Add)", "36");
  }

  /** A label and a map from labels to probabilities beside it, as scikit-learn and Azure write. */
  @Test
  void aLabelAndAMapOfProbabilities() throws IOException {
    OnnxFile file = new OnnxFile(11).input("data", -1, 3, SIDE, SIDE);
    plain(file, "data", "z")
        .node("Softmax", "p", List.of("z"))
        .node("ArgMax", "index", List.of("p"), integer("axis", 1))
        .node(
            "zip",
            "ai.onnx.ml.ZipMap",
            List.of("loss"),
            List.of("p"),
            AttributeProto.newBuilder()
                .setName("classlabels_strings")
                .setType(AttributeProto.AttributeType.STRINGS)
                .addAllStrings(
                    IntStream.range(0, CLASSES)
                        .mapToObj(i -> ByteString.copyFromUtf8("bird " + i))
                        .toList())
                .build());
    ModelProto.Builder model = file.proto().toBuilder();
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3));
    model
        .getGraphBuilder()
        .clearOutput()
        .addOutput(
            ValueInfoProto.newBuilder()
                .setName("index")
                .setType(
                    TypeProto.newBuilder()
                        .setTensorType(
                            TypeProto.Tensor.newBuilder().setElemType(DataType.INT64_VALUE))))
        .addOutput(ValueInfoProto.newBuilder().setName("loss"));
    Path network = written("custom-vision.onnx", model.build());
    assertSame(logits(network), expected());
    assertThat(shell.run("predict", "--model", network, photo).out()).contains("bird ");
    attackAndExplain(network);
    Shell.Outcome labels =
        shell.run("predict", "--model", network, "--output-name", "index", photo);
    assertThat(labels.code()).isEqualTo(2);
    assertThat(labels.err())
        .hasLineCount(1)
        .contains("the output \"index\" must be floating point numbers, but is whole numbers");
  }

  /**
   * CLIP: the cosines between the features of the image and those of texts, which are constants.
   */
  @Test
  void cosinesWithTheFeaturesOfTexts() throws IOException {
    OnnxFile file = new OnnxFile(17).input("pixel_values", -1, 3, SIDE, SIDE);
    file.output("logits_per_image")
        .output("image_embeds")
        .floats("texts", new Rng(5).uniform(3 * CLASSES, -1, 1), CLASSES, 3)
        .scalar("scale", 4.6)
        .node("Exp", "factor", List.of("scale"))
        .node("ReduceL2", "length", List.of("texts"), integers("axes", 1))
        .node("Div", "units", List.of("texts", "length"))
        .node("Transpose", "columns", List.of("units"), integers("perm", 1, 0))
        .node("GlobalAveragePool", "pooled", List.of("pixel_values"))
        .node("Flatten", "features", List.of("pooled"))
        .node("ReduceL2", "norm", List.of("features"), integers("axes", 1))
        .node("Div", "image_embeds", List.of("features", "norm"))
        .node("MatMul", "cosines", List.of("image_embeds", "columns"))
        .node("Mul", "logits_per_image", List.of("cosines", "factor"));
    Path network = written("clip.onnx", file.proto());
    Raster image = ImageFiles.read(photo);
    double[] mean = new double[3];
    for (int c = 0; c < 3; c++) {
      for (float value : image.channel(c).toArray()) {
        mean[c] += value / (SIDE * SIDE);
      }
    }
    List<Double> logits = logits(network, "--output-name", "logits_per_image");
    float[] texts = new Rng(5).uniform(3 * CLASSES, -1, 1);
    for (int k = 0; k < CLASSES; k++) {
      double product = 0;
      double text = 0;
      double own = 0;
      for (int c = 0; c < 3; c++) {
        product += mean[c] * texts[3 * k + c];
        text += texts[3 * k + c] * texts[3 * k + c];
        own += mean[c] * mean[c];
      }
      assertThat(logits.get(k))
          .isCloseTo(Math.exp(4.6) * product / Math.sqrt(text * own), within(1e-3));
    }
    attackAndExplain("gradient", network, "--output-name", "logits_per_image");
  }

  /** Ultralytics writes the names of the classes into the metadata, and a batch of one. */
  @Test
  void namesInTheMetadata() throws IOException {
    OnnxFile file = new OnnxFile(17).input("images", 1, 3, SIDE, SIDE).output("output0");
    plain(file, "images", "z").node("Softmax", "output0", List.of("z"), integer("axis", 1));
    ModelProto.Builder model = file.proto().toBuilder();
    model.addMetadataProps(
        StringStringEntryProto.newBuilder()
            .setKey("names")
            .setValue(
                "{0: 'tench', 1: \"cock's comb\", 2: 'great, white: shark', 3: 'd', 4: 'e'}"));
    Path network = written("yolo-cls.onnx", model.build());
    assertSame(logits(network), expected());
    JsonNode card = added(network, "yolo-cls");
    assertThat(card.at("/labels/1").asString()).isEqualTo("cock's comb");
    assertThat(card.at("/labels/2").asString()).isEqualTo("great, white: shark");
    attackAndExplain(network);
  }

  /** Optimum's folder: the network in onnx/, the preprocessing and the names one folder above. */
  @Test
  void theConfigurationOfHuggingFace() throws IOException {
    Path repository = folder.resolve("repository");
    Files.createDirectories(repository.resolve("onnx"));
    OnnxFile file = new OnnxFile(17).input("pixel_values", -1, -1, -1, -1).output("logits");
    Path network = repository.resolve("onnx/model.onnx");
    Files.write(network, plain(file, "pixel_values", "logits").bytes());
    Files.writeString(
        repository.resolve("preprocessor_config.json"),
        """
        {"do_normalize": true, "do_rescale": true, "rescale_factor": 0.00392156862745098,
         "image_mean": [0.5, 0.4, 0.3], "image_std": [0.5, 0.6, 0.7], "do_center_crop": true,
         "size": {"shortest_edge": 18}, "crop_size": {"height": 16, "width": 16}}
        """);
    Files.writeString(
        repository.resolve("config.json"),
        "{\"id2label\": {\"1\": \"one\", \"0\": \"zero\", \"2\": \"two\", \"3\": \"three\", \"4\":"
            + " \"four\"}}");
    Path alone = written("alone.onnx", file.proto());
    assertSame(
        logits(network),
        logits(alone, "--mean", "0.5,0.4,0.3", "--std", "0.5,0.6,0.7", "--size", SIDE));
    JsonNode card = added(network, "model");
    assertThat(card.at("/labels/4").asString()).isEqualTo("four");
    assertThat(card.at("/resize/shortSide").asInt()).isEqualTo(18);
    assertThat(card.at("/preprocessing/mean/1").asDouble()).isEqualTo(0.4);
    assertThat(card.at("/input/width").asInt()).isEqualTo(16);
    assertSame(
        logits(network, "--mean", "0", "--std", "0.5", "--size", SIDE),
        logits(alone, "--std", "0.5", "--size", SIDE));
    Files.writeString(repository.resolve("preprocessor_config.json"), "{\"image_mean\": [\"a\"]}");
    assertRefused(network, "preprocessor_config.json: expected a number, but got \"a\"");
    Files.writeString(repository.resolve("preprocessor_config.json"), "{");
    assertRefused(network, "preprocessor_config.json: not JSON");
  }

  private JsonNode added(Path network, String name) {
    Shell.Outcome outcome = shell.run("models", "add", network);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return Shell.json(folder.resolve("home/models/" + name + ".card.json"));
  }

  /** Whole numbers of 8 bits, channels last, with the preprocessing inside and half precision. */
  @Test
  void pixelsAsBytesWithThePreprocessingInside() throws IOException {
    OnnxFile file = new OnnxFile(17).input("image", -1, SIDE, SIDE, 3).output("y");
    file.scalar("255", 255)
        .node("Cast", "c", List.of("image"), integer("to", 1))
        .node("Div", "d", List.of("c", "255"))
        .node("Transpose", "t", List.of("d"), integers("perm", 0, 3, 1, 2))
        .node("Cast", "h", List.of("t"), integer("to", 10))
        .node("Cast", "s", List.of("h"), integer("to", 1));
    ModelProto.Builder model = plain(file, "s", "y").proto().toBuilder();
    model
        .getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(DataType.UINT8_VALUE);
    Path network = written("bytes.onnx", model.build());
    assertSame(logits(network), expected());
    attackAndExplain(network);
  }

  @Test
  void oneOfSeveralOutputs() throws IOException {
    OnnxFile file = new OnnxFile(17).input("x", -1, 3, SIDE, SIDE).output("y").output("features");
    plain(file.output("maps"), "x", "y")
        .node("Identity", "features", List.of("/Flatten_output_0"))
        .node("Identity", "maps", List.of("/relu/Relu_output_0"));
    Path network = written("several.onnx", file.proto());
    assertRefused(
        network,
        "the network has 3 outputs: y, features, maps; say which one gives the classes, with"
            + " --output-name");
    assertRefused(
        network,
        "there is no output \"z\"; the outputs are y, features, maps",
        "--output-name",
        "z");
    assertRefused(
        network,
        "there is no output \"/fc/Gemm\"; the outputs are y, features, maps",
        "--output-name",
        "/fc/Gemm");
    assertRefused(
        network, "a map, but a classifier gives one number per class", "--output-name", "maps");
    assertSame(logits(network, "--output-name", "y"), expected());
    assertThat(logits(network, "--output-name", "features")).hasSize(4);
    attackAndExplain(network, "--output-name", "y");
  }

  private void assertRefused(Path network, String why, Object... options) {
    List<Object> words = new ArrayList<>(List.of("predict", "--model", network));
    words.addAll(List.of(options));
    words.add(photo);
    Shell.Outcome outcome = shell.run(words.toArray());
    assertThat(outcome.code()).as(why).isEqualTo(2);
    assertThat(outcome.err()).hasLineCount(1).contains(why);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void otherChannelsThanThoseOfImages() throws IOException {
    for (long[] shape : new long[][] {{-1, 4, 8, 8}, {-1, 2, 8, 8}, {-1, 8, 8, 4}}) {
      OnnxFile file = new OnnxFile(17).input("x", shape).node("GlobalMaxPool", "y", List.of("x"));
      assertRefused(
          written("channels.onnx", file.proto()),
          "is 1 (grey) or 3 (colour) channels, so it takes");
    }
    OnnxFile flat = new OnnxFile(17).input("x", -1, 784).node("Relu", "y", List.of("x"));
    assertRefused(
        written("flat.onnx", flat.proto()),
        "the input must be an image with four dimensions, but has the shape [-1, 784]");
  }

  /** A fourth channel of an image is its transparency: what is transparent is white. */
  @Test
  void anImageOfFourChannels() throws IOException {
    Path network =
        written("net.onnx", plain(new OnnxFile(17).input(-1, 3, SIDE, SIDE), "x", "y").proto());
    BufferedImage transparent = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
    BufferedImage white = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int colour = 0x123456 + 40503 * i & 0xffffff;
      boolean shown = i % 3 > 0;
      transparent.setRGB(i % SIDE, i / SIDE, shown ? 0xff000000 | colour : colour);
      white.setRGB(i % SIDE, i / SIDE, shown ? colour : 0xffffff);
    }
    photo = folder.resolve("white.png");
    ImageIO.write(white, "png", photo.toFile());
    List<Double> expected = logits(network);
    photo = folder.resolve("transparent.png");
    ImageIO.write(transparent, "png", photo.toFile());
    assertSame(logits(network), expected);
    attackAndExplain(network);
  }

  @Test
  void filesOfOtherFormats() throws IOException {
    Object[][] files = {
      {"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 5\n", "pointer of Git LFS"},
      {"<!DOCTYPE html><html></html>", "a web page"},
      {"PK\003\004archive/data.pkl", "a zip archive; export the network with torch.onnx.export"},
      {"\u0089HDF\r\n\032\n and more", "an HDF5 file; convert it with tf2onnx"},
      {"\034\0\0\0TFL3 and more", "a TensorFlow Lite file"},
      {"\034\0\0\0ORTM and more", "in ONNX Runtime's own format"},
      {"\12\0\0\0\0\0\0\0{\"a\": 1}xx", "a safetensors file"}
    };
    for (Object[] each : files) {
      Path file = folder.resolve("net.onnx");
      Files.write(file, String.valueOf(each[0]).getBytes(StandardCharsets.ISO_8859_1));
      assertRefused(file, "this is not an ONNX file but");
      assertRefused(file, String.valueOf(each[1]));
    }
  }

  /**
   * A network that begins with {@code x.view(-1, 1, 16, 16)} and attends with {@code view(-1, 1,
   * 256)}: what is open is the batch, the 1 is written as it is meant.
   */
  @Test
  void aBatchLeftOpenBesideA1() throws IOException {
    Path viewed = folder.resolve("viewed.onnx");
    Path plain = folder.resolve("plain.onnx");
    for (Path each : List.of(viewed, plain)) {
      OnnxFile file = new OnnxFile(17).input("x", -1, 1, SIDE, SIDE);
      file.floats("w", new Rng(1).uniform(4 * 9, -1, 1), 4, 1, 3, 3)
          .floats("a", new Rng(2).uniform(4, -1, 1), 1, 4, 1, 1)
          .floats("fc", new Rng(3).uniform(4 * CLASSES, -3, 3), 4, CLASSES)
          .longs("image", -1, 1, SIDE, SIDE)
          .longs("map", each.equals(viewed) ? new long[] {-1, 1, 256} : new long[] {0, 1, 256})
          .longs(
              "back", each.equals(viewed) ? new long[] {-1, 1, 16, 16} : new long[] {0, 1, 16, 16})
          .longs("spatial", 2, 3);
      String image = each.equals(viewed) ? "v" : "x";
      if (each.equals(viewed)) {
        file.node("Reshape", "v", List.of("x", "image"));
      }
      file.node("Conv", "c", List.of(image, "w"), integers("pads", 1, 1, 1, 1))
          .node("Conv", "s", List.of("c", "a"))
          .node("Reshape", "m", List.of("s", "map"))
          .node("Softmax", "p", List.of("m"), integer("axis", -1))
          .node("Reshape", "q", List.of("p", "back"))
          .node("Mul", "u", List.of("c", "q"))
          .node("ReduceSum", "t", List.of("u", "spatial"), integer("keepdims", 0))
          .node("MatMul", "y", List.of("t", "fc"));
      Files.write(each, file.bytes());
    }
    Path other = folder.resolve("other.png");
    ImageFiles.writePng(Raster.of(3, SIDE, SIDE, new Rng(9).uniform(3 * SIDE * SIDE, 0, 1)), other);
    JsonNode expected = shell.run("predict", "--json", "--model", plain, photo, other).json();
    JsonNode found = shell.run("predict", "--json", "--model", viewed, photo, other).json();
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < CLASSES; k++) {
        String at = "/images/%s/logits/%s".formatted(i, k);
        assertThat(found.at(at).isMissingNode()).isFalse();
        assertThat(found.at(at).asDouble()).isCloseTo(expected.at(at).asDouble(), within(1e-5));
      }
    }
    attackAndExplain(viewed);
  }

  @Test
  void namesOperatorsForOneMachineAlone() throws IOException {
    OnnxFile file =
        new OnnxFile(17)
            .input("x", -1, 3, SIDE, SIDE)
            .node("reorder", "com.microsoft.nchwc.ReorderInput", List.of("r"), List.of("x"))
            .node("GlobalMaxPool", "y", List.of("r"));
    assertRefused(
        written("nchwc.onnx", file.proto()),
        "node \"reorder\" (com.microsoft.nchwc.ReorderInput): unknown operator of the domain"
            + " com.microsoft.nchwc, version 1; export the network with ONNX's own operators, or"
            + " save it before it is optimized for one machine");
  }
}
