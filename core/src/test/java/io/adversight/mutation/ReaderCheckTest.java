package io.adversight.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ReaderCheckTest {
  private static final String CARD = "{\"name\":\"a\",\"mean\":[0.5,0.25],\"input\":{\"side\":8}}";

  private static ReaderCheck check(Class<? extends Exception> allowed) {
    return new ReaderCheck(Mutations.ofText("size 12, 34"), List.of(allowed));
  }

  @Test
  void givesTheSameInputForTheSameSeedAndOthersForOthers() {
    Mutations mutations = Mutations.ofJson(CARD).and(Mutations.ofBytes(CARD.getBytes(UTF_8)));
    for (long seed = 0; seed < 50; seed++) {
      assertThat(mutations.input(seed)).isEqualTo(mutations.input(seed));
    }
    assertThat(LongStream.range(0, 300).mapToObj(s -> new String(mutations.input(s), UTF_8)))
        .satisfies(all -> assertThat(all.stream().distinct().count()).isGreaterThan(200));
  }

  @Test
  void mostDamagedJsonIsStillJson() {
    ReaderCheck.Outcome outcome =
        new ReaderCheck(Mutations.ofJson(CARD), List.of(IllegalArgumentException.class))
            .run(
                input -> {
                  try {
                    JsonMapper.shared().readTree(input);
                  } catch (JacksonException e) {
                    throw new IllegalArgumentException("no JSON", e);
                  }
                });
    assertThat(outcome.read()).isBetween(200, 299);
  }

  @Test
  void namesTheSeedOfAnInputThatIsRefusedInAnotherWay() {
    assertThatThrownBy(
            () ->
                check(IllegalArgumentException.class)
                    .run(
                        input -> {
                          throw new IllegalStateException("no");
                        }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 0 ")
        .hasMessageContaining("IllegalStateException");
  }

  @Test
  void wantsMessagesForUsers() {
    for (String message :
        List.of(
            "two\nlines",
            "name: null",
            "java.io.IOException",
            "Index 3 out of bounds for length 2")) {
      assertThatThrownBy(
              () ->
                  check(IllegalArgumentException.class)
                      .run(
                          input -> {
                            throw new IllegalArgumentException(message);
                          }))
          .hasMessageContaining("not for users");
    }
  }

  @Test
  void boundsTimeAndMemory() {
    ReaderCheck check = check(IllegalArgumentException.class);
    assertThatThrownBy(() -> check.run(input -> assertThat(new byte[300 << 20]).isNotNull()))
        .hasMessageContaining("300 MB");
    assertThatThrownBy(
            () ->
                new ReaderCheck(
                        check.mutations(), 1, List.of(), Duration.ofMillis(50), Long.MAX_VALUE)
                    .run(
                        input -> {
                          for (long i = 1; i > 0; i++) {
                            Thread.onSpinWait();
                          }
                        }))
        .hasMessageContaining("takes more than PT0.05S");
  }
}
