package io.adversight.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataHomeTest {
  @TempDir private Path folder;
  private Path homeFolder;
  private Path mirror;
  private Path file;

  @BeforeEach
  void mirror() throws IOException {
    homeFolder = folder.resolve("home");
    mirror = folder.resolve("mirror");
    file = mirror.resolve("models").resolve("a.onnx");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "abc");
  }

  private DataHome home() {
    return new DataHome(homeFolder, List.of(mirror));
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void hashesAsTheStandardSays() throws IOException {
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2
    assertThat(hash("abc")).isEqualTo(abc);
    assertThat(Sha256.of(file)).isEqualTo(abc);
  }

  @Test
  void readsTheEnvironment() throws IOException {
    Path second = Files.createDirectories(folder.resolve("second"));
    DataHome home =
        DataHome.of(
            Map.of(
                "ADVERSIGHT_HOME",
                homeFolder.toString(),
                "ADVERSIGHT_MIRROR",
                mirror + File.pathSeparator + second));
    assertThat(home.models()).isEqualTo(homeFolder.resolve("models"));
    assertThat(home.datasets()).isEqualTo(homeFolder.resolve("datasets"));
    assertThat(home.mirrors()).extracting(Mirror::folder).containsExactly(mirror, second);
    assertThat(DataHome.of(Map.of()).folder())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".adversight"));
    assertThat(homeFolder).doesNotExist();
  }

  @Test
  void refusesAMirrorThatIsNoFolder() {
    assertThatThrownBy(() -> DataHome.of(Map.of("ADVERSIGHT_MIRROR", "/no/such/folder")))
        .isInstanceOf(FetchException.class)
        .hasMessage("ADVERSIGHT_MIRROR names /no/such/folder, which is not a folder");
  }

  @Test
  void trustsTheMirrorsOwnSumsAboveTheKnownHash() throws IOException {
    Files.writeString(mirror.resolve("SHA256SUMS"), hash("abc") + "  ./models/a.onnx\n");
    assertThat(home().find("models/a.onnx", hash("official"))).contains(file);
  }

  @Test
  void refusesAFileThatTheMirrorsSumsContradict() throws IOException {
    Files.writeString(mirror.resolve("SHA256SUMS"), hash("abd") + " *models/a.onnx\n");
    assertThatThrownBy(() -> home().find("models/a.onnx", hash("abc")))
        .isInstanceOf(FetchException.class)
        .hasMessage(
            "%s: the mirror's copy is damaged: expected SHA-256 %s, but it has %s",
            file, hash("abd"), hash("abc"));
  }

  @Test
  void checksTheKnownHashWhereTheMirrorListsNone() {
    assertThat(home().find("models/a.onnx", hash("abc"))).contains(file);
    assertThatThrownBy(() -> home().find("models/a.onnx", hash("abd")))
        .isInstanceOf(FetchException.class);
    assertThat(home().find("models/b.onnx", hash("abd"))).isEmpty();
  }

  @Test
  void namesABrokenLineOfTheSums() throws IOException {
    Files.writeString(mirror.resolve("SHA256SUMS"), "hello\n");
    assertThatThrownBy(() -> home().find("models/a.onnx", ""))
        .hasMessageEndingWith("SHA256SUMS: line 1 is not \"<64 hex digits>  <path>\"");
  }

  @Test
  void hashesAFileOnceAndAgainAfterItChanged() throws IOException {
    home().find("models/a.onnx", hash("abc"));
    Path notes = homeFolder.resolve("verified.txt");
    assertThat(notes).content().startsWith(hash("abc") + " 3 ").endsWith(file + "\n");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "xyz");
    Files.setLastModifiedTime(file, time);
    assertThat(home().find("models/a.onnx", hash("abc"))).contains(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5000));
    assertThatThrownBy(() -> home().find("models/a.onnx", hash("abc")))
        .isInstanceOf(FetchException.class)
        .hasMessageEndingWith("it has " + hash("xyz"));
  }

  @Test
  void looksIntoTheMirrorThenTheHomeThenTheNetwork() throws IOException {
    try (FileServer server = new FileServer("net".getBytes(StandardCharsets.UTF_8))) {
      Download download = new Download();
      RemoteFile mirrored =
          new RemoteFile("models/a.onnx", List.of(URI.create("http://x.invalid")), hash("abc"), 3);
      assertThat(home().fetch(mirrored, download, ByteProgress.NONE)).isEqualTo(file);
      RemoteFile remote =
          new RemoteFile("models/b.onnx", List.of(server.at("/file")), hash("net"), 3);
      Path pulled = homeFolder.resolve("models/b.onnx");
      assertThat(home().fetch(remote, download, ByteProgress.NONE)).isEqualTo(pulled);
      assertThat(home().fetch(remote, download, ByteProgress.NONE)).hasContent("net");
      assertThat(server.requests()).hasSize(1);
      Files.writeString(pulled, "damaged");
      assertThatThrownBy(() -> home().fetch(remote, download, ByteProgress.NONE))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("the file is damaged; remove it to have it fetched again");
    }
  }

  @Test
  void acceptsTheSharedDataByItsOwnSums() {
    DataHome home = new DataHome(homeFolder, List.of(SharedData.path(".")));
    assertThat(home.find("datasets/mnist/t10k-labels-idx1-ubyte.gz", "0".repeat(64))).isPresent();
    assertThat(home.find("models/mobilenet_v1.onnx", "")).isPresent();
    assertThat(home.mirrors().get(0).list("models", ".card.json")).hasSizeGreaterThanOrEqualTo(7);
  }
}
