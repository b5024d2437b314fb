package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands on networks and label files that users bring along. */
class OwnNetworkTest {
  @TempDir Path folder;
  private Shell shell;
  private Path seven;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    seven = folder.resolve("seven.png");
    ImageFiles.writePng(DrawnDigits.draw(7, 1), seven);
  }

  private Path network(String name) throws IOException {
    Path file = folder.resolve(name);
    try (var in = OwnNetworkTest.class.getResourceAsStream("/io/adversight/models/digits.onnx")) {
      Files.copy(Objects.requireNonNull(in), file);
    }
    return file;
  }

  @Test
  void opensAFileOfAnyName() throws IOException {
    for (String name : List.of("my net.onnx", "net(1).onnx", "[x] + 'y' & z.onnx")) {
      Shell.Outcome outcome = shell.run("predict", "--json", "--model", network(name), seven);
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.json().at("/images/0/top/0/index").asInt()).isEqualTo(7);
    }
    assertThat(shell.run("models", "add", folder.resolve("my net.onnx")).code()).isZero();
    assertThat(shell.run("predict", "--model", "my-net", seven).code()).isZero();
  }

  @Test
  void choosesAClassByNameOrByIndexWhereNamesAreNumbers() throws IOException {
    Path labels = folder.resolve("labels.txt");
    Files.writeString(labels, "\uFEFF1\n2\n3\n4\n5\n6\n7\n8\n9\n-3\n");
    Object[][] choices = {
      {"--class", "1", 0},
      {"--class", "3", 2},
      {"--class-name", "3", 2},
      {"--class-index", "3", 3},
      {"--class", "-3", 9},
      {"--class", "0", 0}
    };
    Path network = network("net.onnx");
    for (int i = 0; i < choices.length; i++) {
      Path out = folder.resolve("out" + i);
      Shell.Outcome outcome =
          shell.run(
              "explain",
              "--model",
              network,
              "--labels",
              labels,
              choices[i][0],
              choices[i][1],
              "--method",
              "gradient",
              "--out",
              out,
              seven);
      assertThat(outcome.code()).as(outcome.err()).isZero();
      JsonNode result = Shell.json(out.resolve("result.json"));
      assertThat(result.at("/images/0/explanations/0/class/index").asInt())
          .as("%s %s", choices[i])
          .isEqualTo(choices[i][2]);
      assertThat(outcome.err().contains("is taken by its name")).isEqualTo(i < 2);
    }
    assertThat(
            shell.run("explain", "--model", "digits", "--class", "3", "--class-index", "3", seven))
        .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2))
        .satisfies(outcome -> assertThat(outcome.err()).contains("give only one of --class"));
  }

  @Test
  void doesNotStumbleOverABrokenCardOfAnotherNetwork() throws IOException {
    Path models = Files.createDirectories(folder.resolve("home/models"));
    Files.writeString(models.resolve("deep.card.json"), "[".repeat(3000));
    Files.writeString(models.resolve("large.card.json"), "{\"classes\": 1" + "0".repeat(400) + "}");
    Files.write(models.resolve("bytes.card.json"), new byte[] {(byte) 0xff, 0});
    assertThat(shell.run("predict", "--model", "digits", seven).code()).isZero();
    Shell.Outcome list = shell.run("models", "list");
    assertThat(list.code()).isZero();
    assertThat(list.err().lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("deep.card.json: not JSON"))
        .anySatisfy(line -> assertThat(line).contains("large.card.json: not JSON"))
        .anySatisfy(
            line -> assertThat(line).contains("bytes.card.json: a model card must be UTF-8"));
  }

  /** Moves the weights of a network into another file of its folder, as torch.onnx.export does. */
  private static void moveWeights(Path network, String location) throws IOException {
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(network));
    ModelProto.Builder moved = model.toBuilder();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (TensorProto.Builder tensor : moved.getGraphBuilder().getInitializerBuilderList()) {
      byte[] values = tensor.getRawData().toByteArray();
      tensor
          .clearRawData()
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(entry("location", location))
          .addExternalData(entry("offset", Integer.toString(data.size())))
          .addExternalData(entry("length", Integer.toString(values.length)));
      data.write(values);
    }
    Files.write(network, moved.build().toByteArray());
    Files.write(network.resolveSibling(location), data.toByteArray());
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  @Test
  void readsWeightsThatLieBesideTheNetwork() throws IOException {
    JsonNode expected = shell.run("predict", "--json", "--model", "digits", seven).json();
    Path network = network("outside.onnx");
    moveWeights(network, "outside.onnx.data");
    assertThat(Files.size(network)).isLessThan(10_000);
    Shell.Outcome outcome = shell.run("predict", "--json", "--model", network, seven);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/images/0/logits")).isEqualTo(expected.at("/images/0/logits"));
    assertThat(shell.run("layers", "--model", network).code()).isZero();

    assertThat(shell.run("models", "add", network).code()).isZero();
    Files.delete(folder.resolve("outside.onnx.data"));
    assertThat(folder.resolve("home/models")).isDirectoryNotContaining("glob:**.data");
    Shell.Outcome added = shell.run("predict", "--json", "--model", "outside", seven);
    assertThat(added.json().at("/images/0/logits")).isEqualTo(expected.at("/images/0/logits"));

    Shell.Outcome gone = shell.run("predict", "--model", network, seven);
    assertThat(gone.code()).isEqualTo(2);
    assertThat(gone.err()).contains("lies in \"outside.onnx.data\", which is not there");
  }

  @Test
  void addsNoFileFromOutsideTheNetworksFolder() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Path network = Files.move(network("net.onnx"), inner.resolve("net.onnx"));
    moveWeights(network, "../secret.data");
    for (String command : List.of("add", "link")) {
      if (command.equals("link")) {
        Files.delete(network);
        Files.move(network("net.onnx"), network);
        moveWeights(network, "link.data");
        Files.delete(inner.resolve("link.data"));
        Files.createSymbolicLink(inner.resolve("link.data"), folder.resolve("secret.data"));
      }
      Shell.Outcome outcome = shell.run("models", "add", network);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).contains("lies outside the model's folder").hasLineCount(1);
      assertThat(folder.resolve("home/models/net.onnx")).doesNotExist();
    }
  }

  /** The digits network with more nodes behind its logits, "z" in the lists of their inputs. */
  private Path extended(String name, List<String> outputs, NodeProto.Builder... nodes)
      throws IOException {
    Path file = network(name);
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    String logits = model.getGraph().getOutput(0).getName();
    for (NodeProto.Builder node : nodes) {
      for (int i = 0; i < node.getInputCount(); i++) {
        if (node.getInput(i).equals("z")) {
          node.setInput(i, logits);
        }
      }
      model.getGraphBuilder().addNode(node);
    }
    model.getGraphBuilder().clearOutput();
    for (String output : outputs) {
      model
          .getGraphBuilder()
          .addOutput(ValueInfoProto.newBuilder().setName(output.equals("z") ? logits : output));
    }
    return Files.write(file, model.build().toByteArray());
  }

  private static NodeProto.Builder node(String type, String output, String... inputs) {
    return NodeProto.newBuilder().setOpType(type).addOutput(output).addAllInput(List.of(inputs));
  }

  private static NodeProto.Builder reduction(String type, String output, String input) {
    return node(type, output, input)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("axes")
                .setType(AttributeProto.AttributeType.INTS)
                .addInts(1));
  }

  private JsonNode predicted(Object... words) {
    Object[] all = {"predict", "--json", seven};
    Object[] command = Arrays.copyOf(all, all.length + words.length);
    System.arraycopy(words, 0, command, all.length, words.length);
    Shell.Outcome outcome = shell.run(command);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.json().path("images").path(0);
  }

  @Test
  void knowsASoftmaxHoweverItIsWritten() throws IOException {
    JsonNode expected = predicted("--model", "digits");
    Path byHand =
        extended(
            "by-hand.onnx",
            List.of("p"),
            node("Exp", "e", "z"),
            reduction("ReduceSum", "s", "e"),
            node("Div", "p", "e", "s"));
    Path clipped =
        extended("clipped.onnx", List.of("c"), node("Softmax", "p", "z"), node("Clip", "c", "p"));
    for (Path network : List.of(byHand, clipped)) {
      JsonNode found = predicted("--model", network);
      assertThat(found.path("logits")).isEqualTo(expected.path("logits"));
      assertThat(found.path("probabilities")).isEqualTo(expected.path("probabilities"));
    }
  }

  @Test
  void givesEachOfSeveralLabelsItsOwnProbability() throws IOException {
    JsonNode expected = predicted("--model", "digits");
    Path network = extended("labels.onnx", List.of("p"), node("Sigmoid", "p", "z"));
    JsonNode found = predicted("--model", network);
    for (int i = 0; i < 10; i++) {
      double logit = expected.path("logits").path(i).asDouble();
      assertThat(found.path("probabilities").path(i).asDouble())
          .isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-6));
    }
    Shell.Outcome attacked =
        shell.run(
            "attack",
            "--model",
            network,
            "--attack",
            "pgd",
            "--epsilon",
            "0.3",
            "--method",
            "gradient",
            "--label-set",
            "7",
            "--out",
            folder.resolve("out"),
            seven);
    assertThat(attacked.code()).isZero();
    assertThat(attacked.out()).contains("7").contains("not 7");
    assertThat(folder.resolve("out/report.html")).content().contains("not 7");
    Shell.Outcome unknown = shell.run("explain", "--model", network, "--label-set", "17", seven);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("17").hasLineCount(1);
  }

  @Test
  void asksWhatOneNumberOrOneOfSeveralOutputsIs() throws IOException {
    Path one = extended("one.onnx", List.of("m"), reduction("ReduceMax", "m", "z"));
    double logit = 0;
    for (JsonNode each : predicted("--model", "digits").path("logits")) {
      logit = Math.max(logit, each.asDouble());
    }
    for (String kind : List.of("sigmoid-logits", "binary-logit")) {
      JsonNode found = predicted("--model", one, "--output-kind", kind);
      assertThat(found.at("/probabilities/1").asDouble())
          .isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-6));
      assertThat(found.at("/logits/1").asDouble() - found.at("/logits/0").asDouble())
          .isCloseTo(logit, within(1e-4));
    }
    assertThat(shell.run("predict", "--model", one, "--output-kind", "logits", seven).err())
        .contains("gives one number per image, which decides between two classes")
        .contains("declare binary-logit");
    Shell.Outcome added = shell.run("models", "add", one);
    assertThat(added.out())
        .contains("its output is taken as one logit, so two classes")
        .contains("for the network gives numbers outside [0, 1]");

    Path two = extended("two.onnx", List.of("m", "z"), reduction("ReduceMax", "m", "z"));
    String classes =
        ModelProto.parseFrom(Files.readAllBytes(two)).getGraph().getOutput(1).getName();
    Shell.Outcome asked = shell.run("predict", "--model", two, seven);
    assertThat(asked.code()).isEqualTo(2);
    assertThat(asked.err()).contains("the network has 2 outputs: m, " + classes).hasLineCount(1);
    assertThat(predicted("--model", two, "--output-name", classes).path("logits"))
        .isEqualTo(predicted("--model", "digits").path("logits"));
    assertThat(shell.run("models", "add", two, "--output-name", classes).code()).isZero();
    assertThat(predicted("--model", "two").path("logits"))
        .isEqualTo(predicted("--model", "digits").path("logits"));
  }

  @Test
  void aGridOfTokensIsRowsAndColumns() {
    Shell.Outcome wrong = shell.run("explain", "--model", "aviary-vit", "--grid", "8", "aviary:0");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("--grid must be rows and columns such as 14x14, but was \"8\"");
    Shell.Outcome none = shell.run("explain", "--model", "digits", "--grid", "7x7", seven);
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("no layer of \"digits\" has tokens for a grid of 7 x 7");
  }

  @Test
  void namesANetworkWhoseOutputsAreNoNumbers() throws IOException {
    Path network =
        extended("nan.onnx", List.of("y"), node("Sub", "d", "z", "z"), node("Div", "y", "d", "d"));
    for (String kind : List.of("logits", "")) {
      Shell.Outcome outcome =
          kind.isEmpty()
              ? shell.run("predict", "--model", network, seven)
              : shell.run("predict", "--model", network, "--output-kind", kind, seven);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).contains("nan").contains("outputs are not finite numbers");
    }
  }

  @Test
  void comparesMapsThatAreEqual() throws IOException {
    Path out = folder.resolve("compared");
    Shell.Outcome outcome =
        shell.run(
            "compare",
            "--model",
            "digits",
            "--attack",
            "fgsm",
            "--epsilon",
            "0,4/255,8/255",
            "--method",
            "gradient",
            "--metric",
            "psnr",
            "--out",
            out,
            seven,
            "drawn-digits:0-1");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(Files.readString(out.resolve("report.html"))).contains("Infinity");
  }

  @Test
  void addsANetworkWhosePreprocessingLooksWrongOnlyByForce() throws IOException {
    Path labelled = folder.resolve("labelled");
    for (int digit = 0; digit < 10; digit++) {
      ImageFiles.writePng(
          DrawnDigits.draw(digit, 2), labelled.resolve(Integer.toString(digit)).resolve("a.png"));
    }
    Path network = network("net.onnx");
    Object[] words = {
      "models", "add", network, "--mean", "1", "--std", "0.1", "--check", labelled, "--force"
    };
    Shell.Outcome refused = shell.run(Arrays.copyOf(words, words.length - 1));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("net was not added").hasLineCount(1);
    assertThat(folder.resolve("home/models/net.onnx")).doesNotExist();
    assertThat(shell.run(words).code()).isZero();
  }

  @Test
  void namesABrokenCardOnceAndSkipsIt() throws IOException {
    Path models = Files.createDirectories(folder.resolve("home/models"));
    Files.writeString(models.resolve("deep.card.json"), "[".repeat(3000));
    PrintStream usual = System.err;
    var heard = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
      predicted("--model", "digits");
      assertThat(heard.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains("skipped")))
          .singleElement()
          .asString()
          .contains("warning: skipped ", "deep.card.json", "nesting depth");
      heard.reset();
      assertThat(shell.run("models", "show", "digits").code()).isZero();
      assertThat(heard.toString(StandardCharsets.UTF_8)).containsOnlyOnce("deep.card.json");
    } finally {
      System.setErr(usual);
    }
  }
}
