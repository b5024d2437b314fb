package io.adversight.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTest {
  @Test
  void splitsOutsideParenthesesOnly() {
    assertThat(Call.split("a(b=1,c(d=2,e=3)),f")).containsExactly("a(b=1,c(d=2,e=3))", "f");
    assertThat(Call.parse("x(method=occlusion(window=4,4), samples=3)"))
        .isEqualTo(new Call("x", Map.of("method", "occlusion(window=4,4)", "samples", "3")));
    assertThat(Call.parse("occlusion(window=4,4)").parameters()).isEqualTo(Map.of("window", "4,4"));
    assertThat(Call.parse("pgd()").parameters()).isEmpty();
  }

  @Test
  void createsNestedAlgorithms() {
    Entry<?> uap = Catalog.find("universal-adversarial", Kind.UNIVERSAL_ATTACK);
    String inner =
        "epsilon-bisection(attack=substitute(attack=pgd(steps=3,relative-step=1/4),queries=9))";
    assertThatThrownBy(() -> uap.create(Map.of("inner", "deep-fool(candidates=3")))
        .hasMessageContaining("deep-fool(name=value");
    for (String broken : List.of("deep-fool(candidates=3))", "deep-fool((candidates=3)")) {
      assertThatThrownBy(() -> uap.create(Map.of("inner", broken)))
          .hasMessageContaining("has no partner");
    }
    assertThat(String.valueOf(uap.create(Map.of("inner", inner))))
        .contains("Pgd[steps=3, relativeStep=0.25", "queries=9");
  }
}
