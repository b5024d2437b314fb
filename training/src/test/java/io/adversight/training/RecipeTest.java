package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.graph.Graph;
import io.adversight.graph.training.Trainable;
import io.adversight.home.DataHome;
import io.adversight.model.Input;
import io.adversight.model.ModelCard;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.training.architecture.Architecture;
import io.adversight.training.architecture.GapNet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  void everyRecipeThatIsNamedFitsItsImages() {
    for (String name : Recipe.names()) {
      if (name.startsWith("cub") || name.equals("alexnet-cifar10")) {
        continue; // builds on a network that is not there: ImportedBackboneTest,
        // FineTunedAlexNetTest
      }
      if (name.endsWith("-generator")) {
        continue; // builds on another network: generatorsFitTheNetworksThatTheyAttack
      }
      Recipe recipe = Recipe.named(name);
      assertThat(recipe.name()).isEqualTo(name);
      boolean digits = name.startsWith("digits");
      int side = name.startsWith("aviary") ? 96 : digits ? 28 : 32;
      Input input = new Input(digits ? 1 : 3, side, side);
      try (Scope scope = Scope.open()) {
        Graph graph = recipe.architecture().graph(input, 12, new Rng(recipe.seed()));
        Shape batch = Shape.of(2, input.channels(), side, side);
        assertThat(graph.shapes(batch)).containsEntry(graph.output(), Shape.of(2, 12));
        List<String> weights = new Trainable(graph, Device.CPU).weights();
        for (Phase phase : recipe.phases()) {
          assertThat(weights).as("%s, %s", name, phase.name()).anyMatch(phase::trains);
          assertThat(phase.trained())
              .allMatch(t -> weights.stream().anyMatch(w -> w.startsWith(t)));
        }
      }
    }
  }

  @Test
  void generatorsFitTheNetworksThatTheyAttack() {
    Models models = new Models(new DataHome(Path.of(""), List.of()));
    for (String name : List.of("digits", "aviary")) {
      Recipe recipe = Recipe.named(name + "-generator");
      ModelCard card = models.find(name).card();
      try (Scope scope = Scope.open()) {
        Architecture architecture = recipe.architecture().on(models);
        Graph graph = architecture.graph(card.input(), card.classes(), new Rng(recipe.seed()));
        Shape batch =
            Shape.of(2, card.input().channels(), card.input().height(), card.input().width());
        assertThat(graph.shapes(batch))
            .containsEntry(graph.output(), Shape.of(2, card.classes()))
            .containsEntry(
                "directions", batch.with(1, (1L + card.classes()) * card.input().channels()));
        assertThat(new Trainable(graph, Device.CPU).weights())
            .anyMatch(recipe.phases().get(0)::trains)
            .anyMatch(weight -> weight.startsWith("attacked_"));
      }
    }
  }

  @Test
  void robustRecipesHaveAStandardTwin() {
    Map<String, String> twins =
        Map.of(
            "digits-robust", "digits-standard",
            "aviary-robust", "aviary",
            "cifar10-robust", "cifar10");
    assertThat(Recipe.names().stream().filter(name -> name.endsWith("-robust")))
        .containsExactlyInAnyOrderElementsOf(twins.keySet());
    twins.forEach(
        (robust, standard) -> {
          Recipe one = Recipe.named(robust);
          Recipe other = Recipe.named(standard);
          assertThat(one.phases()).allMatch(phase -> phase.loss().attacksImages());
          assertThat(other.phases()).noneMatch(phase -> phase.loss().attacksImages());
          assertThat(one.architecture()).isEqualTo(other.architecture());
          assertThat(one.dataSet()).isEqualTo(other.dataSet());
          assertThat(one.seed()).isEqualTo(other.seed());
        });
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

  @Test
  void changesOnlyItsSeedOrItsLength() {
    Recipe recipe = Recipe.named("digits-fc100");
    assertThat(recipe.withSeed(7).seed()).isEqualTo(7);
    assertThat(recipe.withSeed(7).withSeed(recipe.seed())).isEqualTo(recipe);
    assertThat(recipe.withEpochs(3).epochs()).isEqualTo(3);
    assertThat(recipe.withEpochs(3).withEpochs(recipe.epochs())).isEqualTo(recipe);
  }
}
