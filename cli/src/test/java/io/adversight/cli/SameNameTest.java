package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results are known again by what the image is, not by what its file is called. */
class SameNameTest {
  @TempDir Path folder;

  private Shell.Outcome run(String command, String... more) {
    List<Object> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--model", "digits", "--out", folder.resolve("out").toString()));
    words.addAll(List.of(more));
    return new Shell(folder.resolve("home")).run(words.toArray());
  }

  private String digit(String place, int digit) throws IOException {
    Path file = folder.resolve(place).resolve("image.png");
    Files.createDirectories(file.getParent());
    ImageFiles.writePng(DrawnDigits.draw(digit, 1), file);
    return file.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack --attack fgsm --method none",
        "explain --method gradient",
        "compare --attack fgsm --method gradient --metric spearman --epsilon 0.1",
        "faithfulness --method gradient --measure deletion",
        "explanation-attack --steps 1",
      })
  void anotherImageOfTheSameNameIsNotTakenForDone(String command) throws IOException {
    String seven = digit("a", 7);
    Shell.Outcome first = run(command, seven);
    assertThat(first.code()).as(first.err()).isZero();
    byte[] results = Files.readAllBytes(folder.resolve("out/image/image.json"));

    Shell.Outcome other = run(command, digit("b", 4));
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains("another image called image (" + seven + ")", "give another folder with --out");
    assertThat(Files.readAllBytes(folder.resolve("out/image/image.json"))).isEqualTo(results);

    Shell.Outcome moved = run(command, digit("c", 7));
    assertThat(moved.code()).as("the same image elsewhere: %s", moved.err()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("out/image/image.json"))).isEqualTo(results);
  }

  /** The goal of an attack depends on the label, so results with another are others. */
  @Test
  void theSameImageWithAnotherLabelIsNotTakenForDone() throws IOException {
    String command = "attack --attack fgsm --method none --label-index ";
    String seven = digit("a", 7);
    assertThat(run(command + 7, seven).code()).isZero();
    assertThat(run(command + 7, seven).code()).isZero();

    Shell.Outcome other = run(command + 3, seven);
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("holds the results of image with another label");
  }
}
