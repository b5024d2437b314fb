package io.adversight.cluster.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.cluster.Jobs;
import io.adversight.data.Labels;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.ModelCard;
import io.adversight.model.Models;
import io.adversight.study.image.ImageSource;
import io.adversight.study.image.InputImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSetTest {
  private static final ModelCard CARD = Models.locateWithoutHome("digits").card();
  private static final Labels LABELS = Models.locateWithoutHome("digits").labels();
  private static final int COUNT = 7;

  @TempDir Path folder;

  private Storage storage() {
    return new Storage(new Configuration(), new DataHome(folder.resolve("home"), List.of()));
  }

  private List<InputImage> images(String uri, int partSize) throws IOException {
    List<InputImage> images = new ArrayList<>();
    for (ImagePart part : ImageSet.list(uri, Optional.empty(), partSize, storage()).parts()) {
      for (ImageSource source : sources(part)) {
        images.add(source.read(CARD, LABELS));
      }
    }
    return images;
  }

  private List<ImageSource> sources(ImagePart part) throws IOException {
    List<ImageSource> sources = new ArrayList<>();
    try (ImagePart.Images open = part.open(storage())) {
      while (open.hasNext()) {
        sources.add(open.next());
      }
    }
    assertThat(part.size()).isIn(sources.size(), ImagePart.UNKNOWN);
    return sources;
  }

  /** Checks that the images are the first digits, in any order that {@code names} sort. */
  private static void areDigits(List<InputImage> images) {
    assertThat(images).hasSize(COUNT);
    assertThat(images.stream().map(InputImage::name).distinct()).hasSize(COUNT);
    List<Raster> wanted = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      wanted.add(DigitFiles.digit(i));
    }
    for (InputImage image : images) {
      int i = wanted.indexOf(image.view());
      assertThat(i).as(image.name()).isNotNegative();
      assertThat(image.label()).isEqualTo(OptionalInt.of(DigitFiles.label(i)));
      wanted.set(i, Raster.map(1, 1, new float[1]));
    }
  }

  @Test
  void readsAFolderOfClasses() throws IOException {
    Path place = DigitFiles.folder(folder.resolve("digits"), COUNT);
    areDigits(images(place.toString(), 3));
    areDigits(images(place.toUri().toString(), 100));
    assertThat(ImageSet.list(place.toString(), Optional.empty(), 3, storage()).size())
        .contains((long) COUNT);
  }

  @ParameterizedTest
  @ValueSource(strings = {".tar", ".tar.gz"})
  void readsShardsOfSamples(String ending) throws IOException {
    DigitFiles.tar(folder.resolve("a" + ending), 0, 4, false);
    DigitFiles.tar(folder.resolve("b" + ending), 4, 3, true);
    areDigits(images(folder.toString(), 2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsMnist(boolean packed) throws IOException {
    DigitFiles.mnist(folder.resolve("mnist"), COUNT, packed);
    areDigits(images(folder.resolve("mnist").toString(), 3));
  }

  @Test
  void readsTheBytesOfParquet() {
    StructType schema =
        new StructType()
            .add("path", DataTypes.StringType)
            .add("content", DataTypes.BinaryType)
            .add("label", DataTypes.IntegerType);
    List<org.apache.spark.sql.Row> rows = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      rows.add(RowFactory.create("digit-" + i, DigitFiles.png(i), DigitFiles.label(i)));
    }
    write(rows, schema);
    assertThat(readAll()).allSatisfy(image -> assertThat(image.file()).startsWith("digit-"));
    areDigits(readAll());
  }

  @Test
  void readsSparksImageSchema() {
    StructType image =
        new StructType()
            .add("origin", DataTypes.StringType)
            .add("height", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType)
            .add("nChannels", DataTypes.IntegerType)
            .add("mode", DataTypes.IntegerType)
            .add("data", DataTypes.BinaryType);
    List<org.apache.spark.sql.Row> rows = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      byte[] levels = DigitFiles.levels(DigitFiles.digit(i));
      rows.add(
          RowFactory.create(
              RowFactory.create("digit", 28, 28, 1, 0, levels),
              Integer.toString(DigitFiles.label(i))));
    }
    write(rows, new StructType().add("image", image).add("label", DataTypes.StringType));
    areDigits(readAll());
  }

  private void write(List<org.apache.spark.sql.Row> rows, StructType schema) {
    Jobs.session()
        .createDataFrame(rows, schema)
        .repartition(2)
        .write()
        .parquet(folder.resolve("images").toString());
  }

  private List<InputImage> readAll() {
    try {
      return images(folder.resolve("images").toString(), 1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void readsCifar() throws IOException {
    byte[] record = new byte[2 * 3073];
    record[3073] = 9;
    for (int k = 0; k < 3072; k++) {
      record[3074 + k] = (byte) k;
    }
    Files.write(folder.resolve("test_batch.bin"), record);
    ImageSet set = ImageSet.list(folder.toString(), Optional.empty(), 1, storage());
    assertThat(set.format()).isEqualTo(ImageFormatKind.CIFAR10);
    ModelCard cifar = Models.locateWithoutHome("cifar10").card();
    Labels labels = Models.locateWithoutHome("cifar10").labels();
    InputImage second = sources(set.parts().get(1)).get(0).read(cifar, labels);
    assertThat(second.name()).isEqualTo("test_batch.bin:1");
    assertThat(second.label()).hasValue(labels.indexOfName("truck"));
    assertThat(second.view().at(2, 1, 3)).isEqualTo(((2 * 1024 + 32 + 3) & 0xff) / 255f);
  }

  @Test
  void channelsOfOpenCvAreReversed() {
    Raster image =
        OpenCvPixels.decode("x", 1, 2, 3, new byte[] {1, 2, 3, (byte) 255, (byte) 128, 0});
    assertThat(image.at(0, 0, 0)).isEqualTo(3 / 255f);
    assertThat(image.at(2, 0, 0)).isEqualTo(1 / 255f);
    assertThat(image.at(1, 0, 1)).isEqualTo(128 / 255f);
    assertThatThrownBy(() -> OpenCvPixels.decode("x", 2, 2, 3, new byte[6]))
        .hasMessageContaining("2 x 2 x 3 has 6");
  }

  @Test
  void findsTheClassOfAFile() {
    assertThat(FilesPart.hint("3/a.png").in(LABELS)).hasValue(3);
    assertThat(FilesPart.hint("004.4/a.png").in(LABELS)).hasValue(4);
    assertThat(FilesPart.hint("a.png").in(LABELS)).isEmpty();
    assertThat(FilesPart.hint("cat/a.png").in(LABELS)).isEmpty();
    Labels imageNet = Labels.named("imagenet-1k");
    assertThat(FilesPart.hint("n01443537/a.png").in(imageNet)).hasValue(1);
    assertThat(FilesPart.hint("7_n01443537_goldfish.png").in(imageNet)).hasValue(1);
  }

  @Test
  void refusesWhatHoldsNoImages() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "no image");
    assertThatThrownBy(() -> images(folder.toString(), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no images of the format files");
    assertThatThrownBy(() -> images(folder.resolve("absent").toString(), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there are no images at");
    assertThatThrownBy(() -> images("nowhere://bucket/images", 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nowhere");
    Files.write(folder.resolve("test_batch.bin"), new byte[100]);
    assertThatThrownBy(() -> images(folder.toString(), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("whole records of 3073 bytes");
  }
}
