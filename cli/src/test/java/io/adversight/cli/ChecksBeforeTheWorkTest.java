package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What can be known from the command line alone is refused before images or networks are opened:
 * here neither are there.
 */
class ChecksBeforeTheWorkTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attack --attack pgd,elastic-net|elastic-net does not know the norm LINF",
        "attack --attack deep-fool,bim --norm L2|bim does not know the norm L2",
        "compare --attack pgd,elastic-net|elastic-net does not know the norm LINF",
        "robustness --attack pgd,elastic-net|elastic-net does not know the norm LINF",
        "evaluate --data aviary|name the images once",
        "evaluate --gate robust-accuracy>0.4|a gate is robust-accuracy>=0.4",
        "evaluate --gate robust-accuracy>=x|a gate is robust-accuracy>=0.4",
        "evaluate --gate clean-accuracy>=1@8/255|only robust-accuracy has",
        "evaluate --norm L0|an evaluation needs the norm linf, l2 or l1",
        "sweep --attack bim --norm L2|bim does not know the norm L2",
        "sweep --to 0.1,0.2 --epsilon x|epsilon must be a number",
        "transfer --models a,b --attack elastic-net|elastic-net does not know the norm LINF",
        "corruptions --attack elastic-net|elastic-net does not know the norm LINF",
        "bounds --attack bim|bim does not know the norm L2",
        "universal craft --inner elastic-net|universal-adversarial: the inner attack knows",
        "universal craft --attack perturbation-sum --inner elastic-net|perturbation-sum: the inner",
        "universal curve --inner elastic-net|universal-adversarial: the inner attack knows",
        "universal craft --made-on 0|--made-on",
        "robustness --first 0|--first",
        "robustness --sample -1|--sample",
        "sweep --batch 0|--batch",
        "attack --batch none|must be a whole number of at least 1, but was \"none\""
      })
  void refusesWithoutOpeningAnything(String command, String expected) {
    List<Object> words = new ArrayList<>(List.of((Object[]) command.split(" ")));
    if (!command.startsWith("transfer")) {
      words.addAll(List.of("--model", "no-such-network"));
    }
    Path out = folder.resolve("out");
    words.addAll(List.of("--out", out, folder.resolve("no-such-images")));

    Shell.Outcome outcome = new Shell(folder).run(words.toArray());

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err())
        .contains(expected)
        .doesNotContain("no-such-network", "no-such-images");
    assertThat(out).doesNotExist();
  }
}
