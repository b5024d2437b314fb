package io.adversight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final byte[] PIXELS = {0, 51, (byte) 255, 1, 2, 3, 4, 5, 6, 7, 8, (byte) 128};

  @TempDir private Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void write() throws IOException {
    images = Files.write(folder.resolve("images"), SmallFiles.idx(PIXELS, 2, 2, 3));
    labels = Files.write(folder.resolve("labels"), SmallFiles.idx(new byte[] {2, 0}, 2));
  }

  private DataSet read() {
    return Mnist.read("small", images, labels, NAMES);
  }

  @Test
  void readsImagesAndLabels() {
    DataSet set = read();
    assertThat(set.name()).isEqualTo("small");
    assertThat(set.size()).isEqualTo(2);
    assertThat(set.label(0)).isEqualTo(2);
    assertThat(set.label(1)).isZero();
    assertThat(set.classNames()).isEqualTo(NAMES);
    assertThat(set.image(0)).hasToString("Raster(1, 2, 3)");
    assertThat(set.image(0).toArray())
        .containsExactly(0f, 51 / 255f, 1f, 1 / 255f, 2 / 255f, 3 / 255f);
    assertThat(set.image(1).at(0, 1, 2)).isEqualTo(128 / 255f);
  }

  @Test
  void readsCompressedFilesTheSame() throws IOException {
    DataSet plain = read();
    Files.write(images, SmallFiles.gzip(Files.readAllBytes(images)));
    Files.write(labels, SmallFiles.gzip(Files.readAllBytes(labels)));
    assertThat(read().image(1)).isEqualTo(plain.image(1));
    assertThat(read().label(0)).isEqualTo(2);
  }

  @Test
  void namesATruncatedFileAndWhatWasExpected() throws IOException {
    byte[] all = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(all, all.length - 5));
    assertThatThrownBy(this::read)
        .isInstanceOf(DataSetFormatException.class)
        .hasMessage(
            images
                + ": expected 12 bytes (2 x 2 x 3), but 7 are there; remove the file to have it"
                + " fetched again");
  }

  @Test
  void namesATruncatedCompressedFile() throws IOException {
    byte[] all = SmallFiles.gzip(Files.readAllBytes(images));
    for (int length = 3; length < all.length; length++) {
      Files.write(images, Arrays.copyOf(all, length));
      assertThatThrownBy(this::read)
          .isInstanceOf(DataSetFormatException.class)
          .hasMessageStartingWith(images + ": ");
    }
  }

  @Test
  void refusesEveryTruncatedHeader() throws IOException {
    byte[] all = Files.readAllBytes(images);
    for (int length = 0; length < 16; length++) {
      Files.write(images, Arrays.copyOf(all, length));
      assertThatThrownBy(this::read).isInstanceOf(DataSetFormatException.class);
    }
  }

  @Test
  void refusesHugeLengthsWithoutAllocatingThem() throws IOException {
    Files.write(images, SmallFiles.gzip(SmallFiles.idx(PIXELS, Integer.MAX_VALUE, 1000, 1000)));
    assertThatThrownBy(this::read)
        .isInstanceOf(DataSetFormatException.class)
        .hasMessageContaining("expected 2147483647000000 bytes")
        .hasMessageContaining("but at most");
    Files.write(images, SmallFiles.idx(PIXELS, 2000, 1000, 1000));
    assertThatThrownBy(this::read).hasMessageContaining("expected 2000000000 bytes");
    Files.write(images, SmallFiles.idx(PIXELS, -1, 2, 3));
    assertThatThrownBy(this::read).hasMessageContaining("expected lengths of at least 1");
  }

  @Test
  void refusesBytesThatAreTooMany() throws IOException {
    Files.write(images, SmallFiles.idx(PIXELS, 1, 2, 3));
    assertThatThrownBy(this::read)
        .hasMessage(images + ": expected 6 bytes (1 x 2 x 3), but there are more bytes");
  }

  @Test
  void refusesAnotherKindOfFile() throws IOException {
    Files.writeString(images, "hello, world, hello");
    assertThatThrownBy(this::read)
        .hasMessage(
            images
                + ": is no IDX file of 3 dimensions: expected it to start with 0x00000803, but it"
                + " starts with 0x68656c6c");
    assertThatThrownBy(() -> Mnist.read("x", labels, labels, NAMES))
        .hasMessageContaining(
            "expected it to start with 0x00000803, but it starts with 0x00000801");
  }

  @Test
  void refusesLabelsThatDoNotBelongToTheImages() throws IOException {
    Files.write(labels, SmallFiles.idx(new byte[] {2, 0, 1}, 3));
    assertThatThrownBy(this::read)
        .hasMessage(
            labels + ": expected a label for each of the 2 images in images, but there are 3");
    Files.write(labels, SmallFiles.idx(new byte[] {2, 3}, 2));
    assertThatThrownBy(this::read)
        .hasMessage(labels + ": expected labels from 0 to 2, but there is 3");
  }
}
