package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
