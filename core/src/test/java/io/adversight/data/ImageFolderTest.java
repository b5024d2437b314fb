package io.adversight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.home.SharedData;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir private Path folder;

  private void image(String path, double value) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    ImageFiles.writePng(Raster.generate(3, 2, 2, (c, y, x) -> value), file);
  }

  private static List<Integer> labels(DataSet set) {
    return IntStream.range(0, set.size()).map(set::label).boxed().toList();
  }

  @Test
  void takesSubFoldersForClasses() throws IOException {
    image("002.Sooty_Albatross/a.png", 0.2);
    image("001.Ani/b.png", 0.4);
    image("001.Ani/c.png", 0.6);
    Files.createDirectories(folder.resolve("000.empty"));
    Files.writeString(folder.resolve("001.Ani/SOURCES.md"), "text");
    DataSet set = ImageFolder.read(folder);
    assertThat(set.classNames()).containsExactly("Ani", "Sooty Albatross");
    assertThat(labels(set)).containsExactly(0, 0, 1);
    assertThat(set.imageName(2)).isEqualTo("a.png");
    assertThat(set.image(2).at(0, 0, 0)).isEqualTo(51 / 255f);
  }

  @Test
  void takesWordNetSubFoldersForClassesOfImageNet() throws IOException {
    image("n02391049/a.png", 0.2);
    image("n01443537/b.png", 0.4);
    DataSet set = ImageFolder.read(folder);
    assertThat(labels(set)).containsExactly(1, 340);
    assertThat(set.classNames()).hasSize(1000);
    image("n99999999/c.png", 0.4);
    assertThatThrownBy(() -> ImageFolder.read(folder))
        .isInstanceOf(DataSetFormatException.class)
        .hasMessageEndingWith("n99999999 is none of the 1000 classes of ImageNet");
  }

  @Test
  void readsLabelsFromTheNamesOfAFlatFolder() throws IOException {
    image("0340_n02391049_zebra.png", 0.2);
    image("owl.png", 0.2);
    DataSet set = ImageFolder.read(folder);
    assertThat(labels(set)).containsExactly(340, DataSet.UNLABELLED);
    assertThat(set.classNames().get(340)).isEqualTo("zebra");
  }

  @Test
  void hasNoClassesWhereNoNameHasOne() throws IOException {
    image("owl.png", 0.2);
    assertThat(ImageFolder.read(folder).classNames()).isEmpty();
  }

  @Test
  void refusesAFolderWithoutImages() {
    assertThatThrownBy(() -> ImageFolder.read(folder))
        .isInstanceOf(DataSetFormatException.class)
        .hasMessageStartingWith(folder + ": no images here");
    assertThatThrownBy(() -> ImageFolder.read(folder.resolve("none")))
        .hasMessageEndingWith("none: there is no such folder");
  }

  @Test
  void readsCubByItsLists() throws IOException {
    image("images/001.Ani/a.png", 0.2);
    image("images/003.Auklet/b.png", 0.4);
    Files.writeString(folder.resolve("images.txt"), "1 001.Ani/a.png\n2 003.Auklet/b.png\n");
    Files.writeString(folder.resolve("image_class_labels.txt"), "1 1\n2 3\n");
    Files.writeString(folder.resolve("train_test_split.txt"), "1 1\n2 0\n");
    DataSet set = ImageFolder.read(folder);
    assertThat(labels(set)).containsExactly(0, 2);
    assertThat(set.classNames()).containsExactly("Ani", "2", "Auklet");
    assertThat(set.image(1).at(0, 0, 0)).isEqualTo(102 / 255f);
    assertThat(labels(Cub.split(folder).first())).containsExactly(0);
    assertThat(labels(Cub.split(folder).second())).containsExactly(2);
    assertThat(Cub.split(folder).second().imageName(0)).isEqualTo("b.png");
  }

  @Test
  void namesTheLineOfCubsListsThatIsWrong() throws IOException {
    image("images/001.Ani/a.png", 0.2);
    Files.writeString(folder.resolve("images.txt"), "1 ../../x/a.png\n");
    Files.writeString(folder.resolve("image_class_labels.txt"), "1 1\n");
    assertThatThrownBy(() -> ImageFolder.read(folder))
        .hasMessageEndingWith("expected a path like 001.Name/image.jpg, but got ../../x/a.png");
    Files.writeString(folder.resolve("image_class_labels.txt"), "2 1\n");
    assertThatThrownBy(() -> ImageFolder.read(folder))
        .hasMessageEndingWith("expected a class from 1 for image 1, but got none");
    Files.writeString(folder.resolve("images.txt"), "hello\n");
    assertThatThrownBy(() -> ImageFolder.read(folder))
        .hasMessageEndingWith("expected lines of a number and a value, but got \"hello\"");
  }

  @Test
  void readsTheSharedSamples() {
    DataSet sample = ImageFolder.read(SharedData.path("images/imagenet-sample"));
    assertThat(sample.size()).isEqualTo(300);
    for (int i = 0; i < 300; i++) {
      assertThat(sample.label(i)).isEqualTo(Integer.parseInt(sample.imageName(i).substring(0, 4)));
    }
    DataSet birds = ImageFolder.read(SharedData.path("images/cub200-2010-10classes"));
    assertThat(birds.classNames())
        .hasSize(10)
        .startsWith("Black footed Albatross", "Laysan Albatross");
    assertThat(birds.image(0).channels()).isEqualTo(3);
  }
}
