package io.adversight.experiments.grid;

import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.model.GraphClassifier;
import io.adversight.model.KnownModel;
import io.adversight.model.Models;
import io.adversight.model.NetworkView;
import io.adversight.text.Json;
import io.adversight.training.Recipe;
import io.adversight.training.data.TrainingData;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A network of a grid.
 *
 * @param name of the kind of network, which numbers have
 * @param id of this one among those of its kind, for names of files
 * @param classifier the network
 * @param images that it is tested with, as it sees them
 */
record GridNetwork(String name, String id, GraphClassifier classifier, DataSet images) {
  /** The network of this name is that of the setting {@code model}. */
  static final String MODEL = "model";

  /**
   * Those of the setting {@code networks}. Each has a {@code network}, by name; or a {@code
   * recipe}, by which one is trained for each of the {@code seeds} unless it comes with the
   * program. They are tested with the images of the setting {@code images}; without it, with the
   * images of the recipe's set that it was not trained on.
   */
  static List<GridNetwork> of(Bench bench) {
    List<GridNetwork> networks = new ArrayList<>();
    for (JsonNode node : bench.settings().path("networks")) {
      String name = Json.text(node, "name");
      if (node.has("network")) {
        String id = Json.text(node, "network");
        GraphClassifier one = id.equals(MODEL) ? bench.network() : bench.network(id);
        networks.add(
            new GridNetwork(name, MapSheet.file(name), one, NetworkView.of(bench.images(), one)));
      } else {
        for (double seed : bench.values("seeds")) {
          networks.add(of(bench, name, Recipe.named(Json.text(node, "recipe")), (long) seed));
        }
      }
    }
    return networks;
  }

  private static GridNetwork of(Bench bench, String name, Recipe kind, long seed) {
    Recipe seeded = kind.withSeed(seed);
    int epochs = bench.count("epochs");
    Recipe recipe = epochs == 0 ? seeded : seeded.withEpochs(epochs);
    String id = "%s-seed%s".formatted(kind.name(), seed);
    GraphClassifier classifier =
        recipe.equals(kind) && comesWithTheProgram(bench, kind.name())
            ? bench.network(kind.name())
            : bench.trained(id, recipe);
    DataSet images = bench.settings().has("images") ? bench.images() : tested(bench, recipe);
    return new GridNetwork(name, id, classifier, NetworkView.of(images, classifier));
  }

  /** As many images as the setting {@code count} of those that a recipe does not train on. */
  private static DataSet tested(Bench bench, Recipe recipe) {
    DataSet all = TrainingData.parts(recipe.dataSet(), bench.home(), recipe.seed()).second();
    int count = bench.count("count");
    return count == 0 ? all : all.take(count);
  }

  private static boolean comesWithTheProgram(Bench bench, String name) {
    return new Models(bench.home())
        .list().stream()
            .anyMatch(
                known -> known.id().equals(name) && known.state() == KnownModel.State.EMBEDDED);
  }
}
