package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class RecipeTest {
  private static final Recipe DIGITS = Recipe.named("digits");

  @Test
  void survivesTheWayThroughJson() {
    assertThat(Recipe.parse(DIGITS.toJson(), "test")).isEqualTo(DIGITS);
    assertThat(DIGITS.architecture()).isInstanceOf(GapNet.class);
  }

  @Test
  void statesEveryComponentAndNothingElse() {
    String json = DIGITS.toJson();
    refuses(json.replace("\"batch\"", "\"batches\""), "Missing creator property 'batch'");
    refuses(json.replace("\"seed\":1,", ""), "seed");
    refuses(json.replace("\"sgd\"", "\"sdg\""), "sdg");
    refuses(json.replace("\"epochs\":", "\"epochs\":-"), "epochs must be at least 1, but was -");
    refuses("{", "");
  }

  private static void refuses(String json, String message) {
    assertThatThrownBy(() -> Recipe.parse(json, "my.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("my.json: not a recipe: ")
        .hasMessageContaining(message);
  }

  @Test
  void anUnknownNameIsAnError() {
    assertThatThrownBy(() -> Recipe.named("nothing"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("there is no recipe \"nothing\"");
  }
}
