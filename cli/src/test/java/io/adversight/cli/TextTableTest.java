package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void wordsStandToTheLeftAndNumbersToTheRight() {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      new TextTable(List.of("experiment", "minutes", "measured", "share", "seen", "title"))
          .row(List.of("panda", "5", "full", "-", "3 of 5", "1. The panda"))
          .row(List.of("transfer-table", "60", "no", "12.5 %", "11 of 12", "2. Transfer"))
          .print(out);
    }
    assertThat(text.toString().lines())
        .containsExactly(
            "experiment      minutes  measured   share      seen  title",
            "panda                 5  full           -    3 of 5  1. The panda",
            "transfer-table       60  no        12.5 %  11 of 12  2. Transfer");
  }
}
