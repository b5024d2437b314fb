package io.adversight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.FileServer;
import io.adversight.home.RemoteFile;
import io.adversight.home.Sha256;
import io.adversight.home.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {
  @TempDir private Path folder;

  private static int[] histogram(DataSet set) {
    int[] counts = new int[10];
    IntStream.range(0, set.size()).forEach(i -> counts[set.label(i)]++);
    return counts;
  }

  private DataHome shared() {
    return new DataHome(folder, List.of(SharedData.path(".")));
  }

  @Test
  void readsTheTestSetOfMnist() {
    DataSet set = DataSets.find("mnist", shared());
    assertThat(set.size()).isEqualTo(10_000);
    // The label counts that LeCun's test set is known for.
    assertThat(histogram(set))
        .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    assertThat(IntStream.range(0, 5).map(set::label)).containsExactly(7, 2, 1, 0, 4);
    assertThat(set.image(0)).hasToString("Raster(1, 28, 28)");
  }

  @Test
  void readsTheTrainingSetOfMnist() {
    DataSet set = DataSets.find("mnist-train", shared());
    assertThat(set.size()).isEqualTo(60_000);
    assertThat(histogram(set))
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    double sum = 0;
    for (int i = 0; i < 60_000; i++) {
      for (float value : set.image(i).toArray()) {
        sum += value;
      }
    }
    // The mean of the training pixels is known as 0.1307.
    assertThat(sum / (60_000 * 784)).isBetween(0.13065, 0.13075);
  }

  @Test
  void readsThoseBatchesOfCifarThatAreThere() {
    DataSet test = DataSets.find("cifar10", shared());
    assertThat(test.size()).isEqualTo(10_000);
    assertThat(histogram(test)).containsOnly(1000);
    assertThat(test.classNames().get(test.label(0))).isEqualTo("cat");
    assertThat(DataSets.find("cifar10-train", shared()).size()).isEqualTo(20_000);
  }

  @Test
  void readsAFolderAndNamesTheSetsElse() {
    Path demo = SharedData.path("images/demo");
    assertThat(DataSets.find(demo.toString(), shared()).size()).isGreaterThan(10);
    assertThatThrownBy(() -> DataSets.find("mnist-trian", new DataHome(folder, List.of())))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageStartingWith("there is no data set or folder \"mnist-trian\"; the data sets are")
        .hasMessageEndingWith("; did you mean mnist-train?");
  }

  @Test
  void unpacksADownloadedArchiveOnce() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("bin/readme.html", new byte[700]);
    files.put("bin/a.bin", "first".getBytes(StandardCharsets.UTF_8));
    files.put("bin/b.bin", new byte[1024]);
    byte[] archive = SmallFiles.gzip(SmallFiles.tar(files));
    try (FileServer server = new FileServer(archive)) {
      Official.Archive official =
          new Official.Archive(
              new RemoteFile(
                  "datasets/small/small.tar.gz",
                  List.of(server.at("/file")),
                  Sha256.of(archive),
                  archive.length),
              "datasets/small/",
              Map.of("a.bin", 5L, "b.bin", 1024L));
      DataHome home = new DataHome(folder, List.of());
      DataSets sets = new DataSets(home, ByteProgress.NONE);
      Path a = sets.members(official, List.of("a.bin")).get(0);
      assertThat(a).hasContent("first");
      assertThat(sets.members(official, List.of("b.bin")).get(0)).hasSize(1024);
      assertThat(server.requests()).hasSize(1);
      assertThat(home.datasets().resolve("small/small.tar.gz")).doesNotExist();
      assertThat(home.datasets().resolve("small/readme.html")).doesNotExist();
    }
  }

  @Test
  void namesWhatAnArchiveLacks() throws IOException {
    Path file = folder.resolve("x.tar.gz");
    byte[] tar = SmallFiles.tar(Map.of("a.bin", new byte[5]));
    Files.write(file, SmallFiles.gzip(tar));
    assertThatThrownBy(() -> Tar.extract(file, Map.of("a.bin", 6L), (name, bytes) -> {}))
        .isInstanceOf(DataSetFormatException.class)
        .hasMessage(file + ": expected a.bin to have 6 bytes, but it has 5");
    assertThatThrownBy(() -> Tar.extract(file, Map.of("b.bin", 6L), (name, bytes) -> {}))
        .hasMessage(file + ": expected it to contain b.bin");
    Files.write(file, SmallFiles.gzip(Arrays.copyOf(tar, 514)));
    assertThatThrownBy(() -> Tar.extract(file, Map.of("a.bin", 5L), (name, bytes) -> {}))
        .hasMessage(file + ": is no complete .tar.gz: Truncated TAR archive");
    Files.writeString(file, "no gzip");
    assertThatThrownBy(() -> Tar.extract(file, Map.of("a.bin", 5L), (name, bytes) -> {}))
        .hasMessageStartingWith(file + ": is no complete .tar.gz: ");
  }
}
