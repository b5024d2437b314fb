package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransitionCommandTest {
  @TempDir Path folder;

  @Test
  void aSevenBecomesANineForTheOracles() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        new Shell(folder).run("transition", "--steps", "60", "--frames", "3", "--out", out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("transition: the network predicts 9, 3 of 3 oracles see 9");
    List<String> path = Files.readAllLines(out.resolve("path.csv"));
    assertThat(path.get(0)).startsWith("walk,step,predicted,p_from,p_to,oracles_from,oracles_to");
    assertThat(path).filteredOn(line -> line.startsWith("transition,0,7,")).hasSize(1);
    assertThat(path).filteredOn(line -> line.startsWith("type-one,60,")).hasSize(1);
    assertThat(out.resolve("transition.png")).exists();
    assertThat(out.resolve("type-one-film.gif")).exists();
    assertThat(out.resolve("report.html")).exists();
  }

  @Test
  void comparesTheMethodsOverPairs() throws IOException {
    Path out = folder.resolve("pairs");
    Shell.Outcome outcome =
        new Shell(folder)
            .run("transition", "--pairs", "10", "--steps", "3", "--out", out, "drawn-digits");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("type one", "pixel interpolation", "latent interpolation");
    assertThat(Files.readAllLines(out.resolve("outcomes.csv"))).hasSize(1 + 4 * 10);
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    Shell shell = new Shell(folder);
    assertThat(shell.run("transition", "--from", "7", "--to", "7").err())
        .contains("--from and --to must be two classes, but both are 7");
    assertThat(shell.run("transition", "--to", "10").err()).contains("to must be");
    assertThat(shell.run("transition", "--model", "aviary").err())
        .contains("the generator \"digits-svae\" makes images of 1 x 28 x 28");
    assertThat(shell.run("transition", "--generator", "digits").err())
        .contains("is no supervised auto-encoder");
  }
}
