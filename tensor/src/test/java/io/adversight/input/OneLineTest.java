package io.adversight.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void whatAMessageQuotesStaysInItsLine() {
    assertThat(new InputException("no \"a\u001b[31m\r\nb\"")).hasMessage("no \"a [31m b\"");
    assertThat(new UnknownNameException("no " + "x".repeat(9000)).getMessage()).hasSize(2004);
  }
}
