package io.adversight.text;

import static org.assertj.core.api.Assertions.assertThat;

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
  void writesLineBreaksAsSpaces() {
    assertThat(Csv.line(List.of("a\nb\r\u001bc", "d"))).isEqualTo("a b  c,d");
  }

  @Test
  void writesNoFormula() {
    List<String> texts = List.of("=1+2", "+A1", "-3 birds", "@cmd", " =x", "'=y", "-", "=1,2");

    String line = Csv.line(texts);

    assertThat(line).isEqualTo("'=1+2,'+A1,'-3 birds,'@cmd,' =x,''=y,'-,\"'=1,2\"");
    assertThat(Csv.values(line)).isEqualTo(texts);
  }

  @Test
  void leavesNumbersAlone() {
    assertThat(Csv.line(List.of("-0.5", "+1e-7", "-1.0E10", "-Infinity", "NaN", "'quoted'")))
        .isEqualTo("-0.5,+1e-7,-1.0E10,-Infinity,NaN,'quoted'");
  }
}
