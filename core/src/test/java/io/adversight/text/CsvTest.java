package io.adversight.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void readsWhatItWrites() {
    List<String> values = List.of("a,b", "say \"no\"", "", "0.5", "plain text");
    String line = Csv.line(values);
    assertThat(line).isEqualTo("\"a,b\",\"say \"\"no\"\"\",,0.5,plain text");
    assertThat(Csv.values(line)).isEqualTo(values);
  }

  @Test
  void endsEveryLine() {
    assertThat(Csv.table(List.of("x", "y"), List.of(List.of("1", "2")))).isEqualTo("x,y\n1,2\n");
  }

  @Test
  void refusesLineBreaks() {
    assertThatThrownBy(() -> Csv.line(List.of("a\nb"))).hasMessageContaining("no line break");
  }
}
