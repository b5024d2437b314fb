package io.adversight.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class RedirectionTest {
  @Test
  void takesNoLessSecureWayThanItBeganWith() {
    Redirection secure = Redirection.to(URI.create("https://a.example/net"));
    Redirection open = Redirection.to(URI.create("http://a.example/net"));
    assertThat(secure.redirected("http://b.example/").orElseThrow().isAsSafeAs(secure)).isFalse();
    assertThat(secure.redirected("https://b.example/").orElseThrow().isAsSafeAs(secure)).isTrue();
    assertThat(secure.redirected("/other").orElseThrow().isAsSafeAs(secure)).isTrue();
    assertThat(open.redirected("http://b.example/").orElseThrow().isAsSafeAs(open)).isTrue();
    assertThat(open.redirected("https://b.example/").orElseThrow().isAsSafeAs(open)).isTrue();
    assertThat(open.redirected("ftp://b.example/").orElseThrow().isAsSafeAs(open)).isFalse();
  }

  @Test
  void showsAnAddressInAShortLineWithoutControlCharacters() {
    assertThat(Redirection.shown("a\u001b[31m\r\nb\u0085c\u202ed")).isEqualTo("a [31m b c d");
    assertThat(Redirection.shown("x".repeat(5000))).hasSize(103);
  }
}
