package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.input.InputException;
import io.adversight.mutation.Mutations;
import io.adversight.mutation.ReaderCheck;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DamagedRecipesTest {
  @Test
  void areReadOrRefusedInALine() {
    Mutations mutations =
        Mutations.ofJson(
            Recipe.named("digits").toJson(), Recipe.named("aviary-protopnet").toJson());
    ReaderCheck.Outcome outcome =
        new ReaderCheck(mutations, List.of(InputException.class))
            .run(bytes -> Recipe.parse(new String(bytes, StandardCharsets.UTF_8), "recipe.json"));
    assertThat(outcome.refused()).isPositive();
    assertThat(outcome.read()).isPositive();
  }
}
