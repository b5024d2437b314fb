package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network with a card beside it, as a training leaves it, is added with that card. */
class ModelsAddTest {
  @TempDir Path folder;

  private ModelFile trained;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    trained =
        new Models(new DataHome(folder.resolve("other"), List.of()))
            .locate("aviary", ByteProgress.NONE);
    file = Files.write(folder.resolve("trained.onnx"), trained.bytes());
    Files.writeString(
        folder.resolve("trained.card.json"), trained.card().withName("trained").toJson());
  }

  private ModelCard added(Object... options) {
    Shell shell = new Shell(folder);
    Object[] words = new Object[options.length + 5];
    System.arraycopy(
        new Object[] {"models", "add", file, "--name", "mine"},
        0,
        words,
        0,
        words.length - options.length);
    System.arraycopy(options, 0, words, 5, options.length);
    Shell.Outcome outcome = shell.run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return ModelCard.read(folder.resolve("home/models/mine.card.json"));
  }

  @Test
  void takesTheCardAlong() {
    ModelCard card = added();
    assertThat(card.preprocessing()).isEqualTo(trained.card().preprocessing());
    assertThat(card.labels()).isEqualTo(trained.card().labels());
    assertThat(card.measured()).isEqualTo(trained.card().measured());
    assertThat(card.sha256()).isEqualTo(trained.card().sha256());
  }

  @Test
  void describesTheNetworkAnewWhereOptionsDo() {
    ModelCard card = added("--mean", "0.5", "--std", "0.5");
    assertThat(card.preprocessing()).isNotEqualTo(trained.card().preprocessing());
    assertThat(card.measured()).isEmpty();
  }
}
