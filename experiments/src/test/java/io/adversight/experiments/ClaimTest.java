package io.adversight.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.input.InputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private static final Map<String, Double> NUMBERS = Map.of("area at 1", 0.2, "area at 16", 0.3);

  private static Verdict verdict(String... checks) {
    return new Claim("id", "it grows", "figure 1", List.of(checks), "").judge(NUMBERS);
  }

  @Test
  void holdsIfAllChecksAreMetAndInPartIfSomeAre() {
    assertThat(verdict("area at 16 > area at 1", "area at 16 >= 0.3")).isEqualTo(Verdict.HOLDS);
    assertThat(verdict("area at 16 > area at 1", "area at 16 > 0.3"))
        .isEqualTo(Verdict.HOLDS_IN_PART);
    assertThat(verdict("area at 16 < area at 1", "area at 1 <= -0.1"))
        .isEqualTo(Verdict.DOES_NOT_HOLD);
  }

  @Test
  void cannotBeTestedWithoutRuleOrNumbers() {
    assertThat(verdict()).isEqualTo(Verdict.NOT_TESTABLE);
    assertThat(verdict("area at 1 > 0", "area at 4 > area at 1")).isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  void refusesARuleThatIsNoComparison() {
    assertThatThrownBy(() -> verdict("area at 16 grows"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("NUMBER < NUMBER");
  }
}
