package io.adversight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
  @TempDir private Path folder;

  /** Records of the given labels; pixel (c, y, x) of record r has level r + 10 c + y + 2 x. */
  private Path write(String name, int labelBytes, int... labels) throws IOException {
    byte[] bytes = new byte[labels.length * (labelBytes + 3072)];
    int at = 0;
    for (int r = 0; r < labels.length; r++) {
      at += labelBytes;
      bytes[at - 1] = (byte) labels[r];
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 32; x++) {
            bytes[at++] = (byte) (r + 10 * c + y + 2 * x);
          }
        }
      }
    }
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void readsRecordsOfSeveralFiles() throws IOException {
    DataSet set = Cifar.cifar10("c", List.of(write("a", 1, 3, 9), write("b", 1, 0)));
    assertThat(set.size()).isEqualTo(3);
    assertThat(List.of(set.label(0), set.label(1), set.label(2))).containsExactly(3, 9, 0);
    assertThat(set.classNames().get(9)).isEqualTo("truck");
    Raster image = set.image(1);
    assertThat(image).hasToString("Raster(3, 32, 32)");
    assertThat(image.at(2, 7, 30)).isEqualTo((1 + 20 + 7 + 60) / 255f);
    assertThat(set.image(2).at(0, 31, 0)).isEqualTo(31 / 255f);
  }

  @Test
  void readsTheFineLabelsOfCifar100() throws IOException {
    DataSet set = Cifar.cifar100("c", write("a", 2, 99, 47));
    assertThat(set.label(0)).isEqualTo(99);
    assertThat(set.classNames().get(set.label(1))).isEqualTo("maple_tree");
    assertThat(set.image(1).at(0, 0, 0)).isEqualTo(1 / 255f);
  }

  @Test
  void namesATruncatedFile() throws IOException {
    Path file = write("a", 1, 3, 9);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 6000));
    assertThatThrownBy(() -> Cifar.cifar10("c", List.of(file)))
        .isInstanceOf(DataSetFormatException.class)
        .hasMessageStartingWith(
            file + ": expected whole records of 3073 bytes, but there are 6000 bytes");
  }

  @Test
  void refusesALabelOutOfRange() throws IOException {
    Path file = write("a", 1, 3, 10);
    assertThatThrownBy(() -> Cifar.cifar10("c", List.of(file)))
        .hasMessage(file + ": expected labels from 0 to 9, but record 1 has 10");
  }
}
