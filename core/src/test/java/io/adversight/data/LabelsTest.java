package io.adversight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.home.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
  private final Labels imageNet = Labels.named("imagenet-1k");

  @Test
  void knowsImageNetByIndex() {
    assertThat(imageNet.size()).isEqualTo(1000);
    assertThat(imageNet.name(340)).isEqualTo("zebra");
    assertThat(imageNet.name(999)).isEqualTo("toilet tissue");
    assertThat(imageNet.wordNetId(207)).contains("n02099601");
  }

  @Test
  void agreesWithTheIndicesInTheNamesOfTheSamplePhotos() throws IOException {
    try (var files = Files.list(SharedData.path("images/imagenet-sample"))) {
      List<String[]> names =
          files
              .map(file -> file.getFileName().toString().split("_", 3))
              .filter(parts -> parts.length == 3)
              .toList();
      assertThat(names).hasSizeGreaterThan(200);
      for (String[] parts : names) {
        assertThat(imageNet.index(parts[1])).isEqualTo(Integer.parseInt(parts[0]));
      }
    }
  }

  @Test
  void findsAClassByAnyNameHoweverItIsSpelled() {
    assertThat(imageNet.index("golden retriever")).isEqualTo(207);
    assertThat(imageNet.index("Golden_Retriever")).isEqualTo(207);
    assertThat(imageNet.index("golden-retriever")).isEqualTo(207);
    assertThat(imageNet.index("Tinca tinca")).isZero();
    assertThat(imageNet.index("n02391049")).isEqualTo(340);
    assertThat(imageNet.index(" 340 ")).isEqualTo(340);
    assertThat(Labels.named("cifar-10").index("Truck")).isEqualTo(9);
    assertThat(Labels.named("digits").index("7")).isEqualTo(7);
    assertThat(Labels.named("cifar-100").index("maple tree")).isEqualTo(47);
    assertThat(Labels.named("fashion-mnist").index("ankle boot")).isEqualTo(9);
  }

  @Test
  void suggestsTheNamesNearToAMistypedOne() {
    assertThatThrownBy(() -> imageNet.index("golden retreiver"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage(
            "there is no class \"golden retreiver\"; classes are names or numbers from 0 to 999;"
                + " did you mean golden retriever?");
  }

  @Test
  void asksForANumberWhereTwoClassesShareAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> imageNet.index("crane"))
        .withMessageContaining("names 2 classes; give a number: 134")
        .withMessageContaining("517");
  }

  @Test
  void namesTheRangeWhenAnIndexIsOutsideIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> imageNet.index("1000"))
        .withMessage("there is no class 1000; classes go from 0 to 999");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> imageNet.index("99999999999"))
        .withMessageContaining("from 0 to 999");
    assertThatIllegalArgumentException().isThrownBy(() -> imageNet.name(-1));
  }

  @Test
  void namesTheSetsWhenOneIsUnknown() {
    assertThatThrownBy(() -> Labels.named("imagenet"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("imagenet-1k, digits, cifar-10");
  }

  @Test
  void findsTheNamesInsideAndOutsideBrackets() {
    Labels birds = Labels.of(List.of("Aramus guarauna (Limpkin)", "background"));
    assertThat(birds.name(0)).isEqualTo("Aramus guarauna (Limpkin)");
    assertThat(birds.index("limpkin")).isZero();
    assertThat(birds.index("aramus guarauna")).isZero();
  }

  @Test
  void readsAFileOfOneNamePerLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("labels.txt");
    Files.writeString(file, "cat\nhot dog\n\n");
    assertThat(Labels.read(file).names()).containsExactly("cat", "hot dog");
    Files.writeString(file, "cat\n\ndog\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.read(file))
        .withMessageContaining("line 2 is empty");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.read(file))
        .withMessageContaining("must be UTF-8 text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.read(folder.resolve("none.txt")))
        .withMessageContaining("there is no such label file");
  }
}
