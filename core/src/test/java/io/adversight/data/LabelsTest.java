package io.adversight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.home.SharedData;
import io.adversight.mutation.Mutations;
import io.adversight.mutation.ReaderCheck;
import io.adversight.text.Growth;
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
        .withMessage(
            "\"crane\" names 2 classes; give an index: 134 (crane (bird), n02012849) or 517 (crane"
                + " (machine), n03126707)");
  }

  @Test
  void tellsClassesOfOneNameApart() {
    assertThat(imageNet.names()).doesNotHaveDuplicates();
    assertThat(imageNet.name(134)).isEqualTo("crane (bird)");
    assertThat(imageNet.index("Crane (machine)")).isEqualTo(517);
    assertThat(imageNet.name(639)).isEqualTo("maillot (tank suit)");
    Labels twins = Labels.of(List.of("left", "right", "left"));
    assertThat(twins.names()).containsExactly("left (class 0)", "right", "left (class 2)");
    assertThat(twins.index("left (class 2)")).isEqualTo(2);
    assertThat(Labels.of(twins.lines()).names()).isEqualTo(twins.names());
  }

  @Test
  void takesAnExactNameBeforeAnIndexAndSaysThatItDid() {
    Labels fromOne = Labels.of(List.of("1", "2", "3", "4"));
    assertThat(fromOne.index("3")).isEqualTo(2);
    assertThat(fromOne.doubt(ClassChoice.either("3")).orElseThrow())
        .isEqualTo("class \"3\" is taken by its name, which is class 2; class 3 is called \"4\"");
    assertThat(fromOne.index("0")).isZero();
    assertThat(fromOne.doubt(ClassChoice.either("0"))).isEmpty();
    assertThat(fromOne.doubt(ClassChoice.either("4"))).isEmpty();
    assertThat(fromOne.index(new ClassChoice("3", ClassChoice.By.INDEX))).isEqualTo(3);
    assertThat(fromOne.index(new ClassChoice("3", ClassChoice.By.NAME))).isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fromOne.index(new ClassChoice("two", ClassChoice.By.INDEX)))
        .withMessage("an index must be a whole number from 0 to 3, but is \"two\"");
    assertThatThrownBy(() -> fromOne.index(new ClassChoice("0", ClassChoice.By.NAME)))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void prefersTheNearestSpelling() {
    Labels labels = Labels.of(List.of("3", "-3", "Ibis", "ibis", "i-bis", "---"));
    assertThat(labels.index("-3")).isEqualTo(1);
    assertThat(labels.index("ibis")).isEqualTo(3);
    assertThat(labels.index("i-bis")).isEqualTo(4);
    assertThat(labels.index("---")).isEqualTo(5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> labels.index("I bis"))
        .withMessageStartingWith("\"I bis\" names 3 classes");
  }

  @Test
  void readsAFileThatBeginsWithAByteOrderMark(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("labels.txt");
    Files.writeString(file, "\uFEFFairplane\nbird\n");
    assertThat(Labels.read(file).index("airplane")).isZero();
    assertThat(Labels.read(file).name(0)).isEqualTo("airplane");
  }

  @Test
  void takesTimeInProportionToTheLengthOfALine() {
    Growth.assertLinear(length -> () -> readAndAsk(length), 10_000);
    readAndAsk(400_000);
  }

  private static void readAndAsk(int length) {
    String brackets = "(a ".repeat(length);
    String commas = " ,".repeat(length) + "x";
    Labels labels = Labels.of(List.of(brackets, brackets + ")", commas, "n01440764 " + commas));
    assertThatThrownBy(() -> labels.index(brackets + "b"))
        .isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> labels.index("ab")).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void readsDamagedFilesOrSaysInOneLineWhyNot(@TempDir Path folder) {
    Mutations inputs =
        Mutations.ofText(
            "n01440764 tench, Tinca tinca\nn01443537 goldfish, Carassius auratus\n",
            "cat\nhot dog\nAramus guarauna (Limpkin)\n3\n-3\n",
            "\uFEFFairplane\nbird\n");
    ReaderCheck.Outcome outcome =
        new ReaderCheck(
                inputs, List.of(IllegalArgumentException.class, NoSuchElementException.class))
            .run(
                input -> {
                  Labels labels = Labels.read(Files.write(folder.resolve("labels.txt"), input));
                  for (int i = 0; i < labels.size(); i++) {
                    assertThat(labels.index(new ClassChoice(labels.name(i), ClassChoice.By.NAME)))
                        .isEqualTo(i);
                  }
                });
    assertThat(outcome.read()).isGreaterThan(100);
    assertThat(outcome.refused()).isGreaterThan(10);
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
