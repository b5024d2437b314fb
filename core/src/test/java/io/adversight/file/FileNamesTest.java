package io.adversight.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {
  @TempDir Path folder;

  @Test
  void keepsLettersOfAllScripts() {
    assertThat(List.of("größe", "猫", "кот", "a_b=1,2", "great crested grebe", "conv1:7"))
        .map(FileNames::of)
        .containsExactly("größe", "猫", "кот", "a_b=1,2", "great-crested-grebe", "conv1-7");
  }

  @Test
  void leavesNoFolder() {
    assertThat(List.of("../../etc", "..", ".hidden", "a/b\\c", "", "\u001b[31m", "nul.png"))
        .map(FileNames::of)
        .containsExactly("etc", "unnamed", "hidden", "a-b-c", "unnamed", "31m", "_nul.png");
  }

  @Test
  void tellsEqualNamesApart() {
    FileNames names = new FileNames();
    assertThat(List.of("a", "A", "a", "a b", "a-b", "a-2"))
        .map(names::unique)
        .containsExactly("a", "A-2", "a-3", "a-b", "a-b-2", "a-2-2");
  }

  @Test
  void fitsIntoEveryFileSystem() throws Exception {
    for (String letter : List.of("x", "ä", "猫", "\ud83d\udc08")) {
      String name = FileNames.of(letter.repeat(240));
      assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(120);
      assertThat(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(name);
      Files.createFile(folder.resolve(name + ".partial"));
    }
  }
}
