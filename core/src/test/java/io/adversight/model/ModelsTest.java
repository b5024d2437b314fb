package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.graph.ModelFormatException;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Download;
import io.adversight.home.FetchException;
import io.adversight.home.FileServer;
import io.adversight.home.RemoteFile;
import io.adversight.home.Sha256;
import io.adversight.home.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private static final byte[] NETWORK = "a network".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private Path mirror;
  private FileServer server;
  private DataHome home;
  private Models models;

  private static ModelCard card(String name, String file) {
    return ModelCard.of(
        name,
        file,
        new Input(3, 8, 8),
        Preprocessing.none(ChannelOrder.RGB),
        InputResize.stretch(),
        OutputKind.LOGITS,
        2,
        new LabelSource.Inline(List.of("cat", "dog")));
  }

  @BeforeEach
  void open() throws IOException {
    mirror = Files.createDirectories(folder.resolve("mirror/models"));
    Files.write(mirror.resolve("mine.onnx"), NETWORK);
    ModelCard mine = card("mine", "mine.onnx").withFile("mine.onnx", Sha256.of(NETWORK), 9);
    Files.writeString(mirror.resolve("mine.card.json"), mine.toJson());
    server = new FileServer(NETWORK);
    home = new DataHome(folder.resolve("home"), List.of(folder.resolve("mirror")));
    Hub.Entry entry =
        new Hub.Entry(
            card("far-net", "far-net.onnx").withFile("far-net.onnx", Sha256.of(NETWORK), 9),
            new RemoteFile(
                "models/far-net.onnx",
                List.of(server.at("/file")),
                Sha256.of(NETWORK),
                NETWORK.length));
    models =
        new Models(
            home, new Download(), new Embedded("/io/adversight/model/embedded/"), List.of(entry));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Path network(String name) throws IOException {
    return Files.write(folder.resolve(name), NETWORK);
  }

  private List<String> localFiles() throws IOException {
    if (!Files.exists(home.models())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(home.models())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".locks"))
          .sorted()
          .toList();
    }
  }

  @Test
  void listsWhatIsInTheLibraryTheMirrorTheHomeAndTheHub() throws IOException {
    models.add(network("own.onnx"), card("own", "own.onnx"));
    assertThat(models.list())
        .extracting(model -> model.id() + " " + model.state())
        .containsExactly("tiny EMBEDDED", "mine MIRROR", "own LOCAL", "far-net HUB");
    assertThat(models.problems()).isEmpty();
  }

  @Test
  void readsAnEmbeddedModel() {
    ModelFile tiny = models.locate("tiny", ByteProgress.NONE);
    assertThat(tiny.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("tiny network");
    assertThat(tiny.path()).isEmpty();
    assertThat(tiny.labels().name(7)).isEqualTo("7");
  }

  @Test
  void readsAModelOfAMirrorWhereItIs() {
    ModelFile mine = models.locate("mine", ByteProgress.NONE);
    assertThat(mine.path()).contains(mirror.resolve("mine.onnx"));
    assertThat(mine.bytes()).isEqualTo(NETWORK);
    assertThat(mine.labels().index("dog")).isEqualTo(1);
  }

  @Test
  void refusesADamagedModelOfAMirror() throws IOException {
    Files.writeString(mirror.resolve("mine.onnx"), "b network");
    assertThatThrownBy(() -> models.locate("mine", ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void pullsAModelOfTheHubOnce() throws IOException {
    assertThat(models.locate("far-net", ByteProgress.NONE).bytes()).isEqualTo(NETWORK);
    assertThat(localFiles()).containsExactly("far-net.card.json", "far-net.onnx");
    assertThat(models.find("far-net").state()).isEqualTo(KnownModel.State.LOCAL);
    assertThat(models.locate("far-net", ByteProgress.NONE).bytes()).isEqualTo(NETWORK);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void pullsAModelWhoseCardSaysWhereItIs() throws IOException {
    String card =
        card("shared", "shared.onnx").withFile("shared.onnx", Sha256.of(NETWORK), 9).toJson();
    String told = card.replaceFirst("\\{", "{\"source\": \"%s\",".formatted(server.at("/file")));
    home.write("models/shared.card.json", told.getBytes(StandardCharsets.UTF_8));
    assertThat(models.find("shared").state()).isEqualTo(KnownModel.State.HUB);
    assertThat(models.locate("shared", ByteProgress.NONE).bytes()).isEqualTo(NETWORK);
    assertThat(models.find("shared").state()).isEqualTo(KnownModel.State.LOCAL);
    assertThat(models.locate("shared", ByteProgress.NONE).bytes()).isEqualTo(NETWORK);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void canPullARemovedModelAgain() throws IOException {
    models.locate("far-net", ByteProgress.NONE);
    models.remove("far-net");
    assertThat(localFiles()).isEmpty();
    assertThat(models.find("far-net").state()).isEqualTo(KnownModel.State.HUB);
  }

  /** A card that cannot be read is removed with the network of its name. */
  @Test
  void removesWhatHasAnUnreadableCard() throws IOException {
    models.add(network("x.onnx"), card("own", "x.onnx"));
    models.add(network("y.onnx"), card("owner", "y.onnx"));
    Path card = home.models().resolve("own.card.json");
    assertThat(card).exists();
    Files.writeString(card, "{");
    models.remove("own");
    assertThat(localFiles()).containsExactly("owner.card.json", "owner.onnx");
  }

  @Test
  void takesAHubFileFromAMirror() throws IOException {
    Files.write(mirror.resolve("far-net.onnx"), NETWORK);
    assertThat(models.locate("far-net", ByteProgress.NONE).path())
        .contains(mirror.resolve("far-net.onnx"));
    assertThat(server.requests()).isEmpty();
    assertThat(localFiles()).isEmpty();
  }

  @Test
  void takesNoOtherFileOfThatNameFromAMirror() throws IOException {
    byte[] other = "another network".getBytes(StandardCharsets.UTF_8);
    Files.write(mirror.resolve("far-net.onnx"), other);
    Files.writeString(
        folder.resolve("mirror/SHA256SUMS"), Sha256.of(other) + "  models/far-net.onnx\n");
    assertThat(models.locate("far-net", ByteProgress.NONE).bytes()).isEqualTo(NETWORK);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void addsAFileWithItsLabelsUnderItsOwnName() throws IOException {
    Path labels = Files.writeString(folder.resolve("labels.txt"), "hen\nowl\n");
    ModelCard card =
        card("own", "x.onnx").withLabels(new LabelSource.TextFile(labels.getFileName().toString()));
    models.add(network("x.onnx"), card);
    Files.delete(folder.resolve("x.onnx"));
    Files.delete(labels);
    ModelFile own = models.locate("own", ByteProgress.NONE);
    assertThat(own.path()).contains(home.models().resolve("own.onnx"));
    assertThat(own.bytes()).isEqualTo(NETWORK);
    assertThat(own.labels().names()).containsExactly("hen", "owl");
    assertThat(own.card().sha256()).isEqualTo(Sha256.of(NETWORK));
    assertThat(localFiles()).containsExactly("own.card.json", "own.onnx");
    models.remove("own");
    assertThat(localFiles()).isEmpty();
  }

  @Test
  void refusesANameThatIsTaken() throws IOException {
    Path file = network("x.onnx");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> models.add(file, card("mine", "x.onnx")))
        .withMessage("there is already a model \"mine\" (mirror); choose another name");
    models.add(file, card("own", "x.onnx"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> models.add(file, card("own", "x.onnx")))
        .withMessageEndingWith("(local); choose another name, or remove it first");
  }

  @Test
  void addsNothingWhenTheLabelsDoNotFit() throws IOException {
    Files.writeString(folder.resolve("labels.txt"), "hen\n");
    Path file = network("x.onnx");
    assertThatThrownBy(
            () ->
                models.add(
                    file, card("own", "x.onnx").withLabels(new LabelSource.TextFile("labels.txt"))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageEndingWith("labels.txt: has 1 names, but the model has 2 classes");
    assertThat(localFiles()).isEmpty();
  }

  @Test
  void removesOnlyWhatLiesInTheHome() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> models.remove("tiny"))
        .withMessage(
            "\"tiny\" (embedded) is not in %s; only what lies there can be removed", home.models());
    assertThatThrownBy(() -> models.remove("mime")).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void suggestsTheNameThatWasMeant() {
    assertThatThrownBy(() -> models.find("farnet"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("there is no model \"farnet\"; did you mean far-net?");
    assertThatThrownBy(() -> models.find("zebra"))
        .hasMessage("there is no model \"zebra\"; the models are tiny, mine, far-net");
  }

  @Test
  void goesOnWithoutACardThatCannotBeRead() throws IOException {
    Files.writeString(mirror.resolve("bad.card.json"), "{");
    assertThat(models.find("mine").state()).isEqualTo(KnownModel.State.MIRROR);
    assertThat(models.problems()).singleElement().asString().contains("bad.card.json: not JSON");
    assertThatThrownBy(() -> models.find("bad")).hasMessageContaining("(not usable: ");
  }

  @Test
  void readsAFileWithACardBesideIt() throws IOException {
    Path file = network("x.onnx");
    Files.writeString(folder.resolve("x.card.json"), card("other", "x.onnx").toJson());
    ModelFile found = models.locate(file.toString(), ByteProgress.NONE);
    assertThat(found.card().name()).isEqualTo("other");
    assertThat(found.bytes()).isEqualTo(NETWORK);
    Files.writeString(
        folder.resolve("x.card.json"),
        card("other", "x.onnx").withFile("x.onnx", "0".repeat(64), 9).toJson());
    assertThatThrownBy(() -> models.locate(file.toString(), ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("the file is not the one its card describes");
  }

  @Test
  void saysWhatIsWrongWithAPath() throws IOException {
    Path file = network("x.onnx");
    assertThatThrownBy(() -> models.locate(file.toString(), ByteProgress.NONE))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(file + ": there is no card beside it; give its preprocessing as options");
    assertThatThrownBy(() -> models.locate(folder.toString(), ByteProgress.NONE))
        .hasMessage(folder + ": is a folder; give the .onnx file in it");
    assertThatThrownBy(() -> models.locate("none.onnx", ByteProgress.NONE))
        .hasMessage("none.onnx: there is no such model file");
  }

  @Test
  void knowsTheModelsOfTheSharedData() {
    DataHome shared = new DataHome(folder.resolve("home2"), List.of(SharedData.path(".")));
    Models known = new Models(shared);
    assertThat(known.list())
        .filteredOn(model -> model.state() == KnownModel.State.MIRROR)
        .extracting(KnownModel::id)
        .contains(
            "googlenet-bvlc",
            "mnist-cnn",
            "mobilenet-v1-tf",
            "mobilenet-v2-tf",
            "mobilenet-v2-inat-bird",
            "resnet20-cifar10",
            "squeezenet-1-1-caffe");
    assertThat(known.find("mobilenet-v2").state()).isEqualTo(KnownModel.State.HUB);
    ModelFile file = known.locate("mobilenet-v2-inat-bird", ByteProgress.NONE);
    assertThat(file.labels().size()).isEqualTo(965);
    assertThat(file.bytes()).hasSize(13_786_249);
  }

  @Test
  void namesACardThatCannotBeReadOnceAndSkipsIt() throws IOException {
    Files.createDirectories(home.models());
    Files.writeString(home.models().resolve("deep.card.json"), "[".repeat(3000));
    Files.writeString(
        home.models().resolve("long.card.json"), "{\"bytes\": 1" + "0".repeat(400) + "}");
    assertThat(models.locate("mine", ByteProgress.NONE).card().name()).isEqualTo("mine");
    assertThat(models.newProblems())
        .satisfiesExactly(
            deep -> assertThat(deep).contains("deep.card.json").doesNotContain("\n"),
            number -> assertThat(number).contains("long.card.json").doesNotContain("\n"));
    assertThat(models.newProblems()).isEmpty();
    Files.writeString(home.models().resolve("new.card.json"), "{");
    assertThat(models.newProblems()).singleElement().asString().contains("new.card.json");
    assertThat(models.problems()).hasSize(3);
  }
}
