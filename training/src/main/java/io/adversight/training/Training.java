package io.adversight.training;

import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Optimizer;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One training as it runs: a recipe, its data, and the state that each step changes. */
final class Training {
  private static final double STATISTICS_MOMENTUM = 0.1;
  private static final int TEST_BATCH = 500;

  private final Recipe recipe;
  private final DataSet train;
  private final DataSet test;
  private final ModelCard card;
  private final Labels labels;
  private final Device device;
  private final Rng rng;
  private final Trainable network;
  private final GraphClassifier preprocessing;
  private Optimizer.State state;
  private Curve curve;

  /** A training from its start, or from the checkpoint of {@code folder} where there is one. */
  Training(
      Recipe recipe,
      DataSet train,
      DataSet test,
      ModelCard card,
      Labels labels,
      Path folder,
      Device device) {
    this.recipe = recipe;
    this.train = train;
    this.test = test;
    this.card = card;
    this.labels = labels;
    this.device = device;
    this.rng = new Rng(recipe.seed());
    Optional<Checkpoint> stored = Checkpoint.read(folder, recipe);
    var untrained = recipe.architecture().graph(card.input(), card.classes(), rng.split(0));
    Map<String, Tensor> statistics = stored.map(Checkpoint::statistics).orElse(Map.of());
    this.network = new Trainable(untrained.withConstants(statistics), device, STATISTICS_MOMENTUM);
    this.state =
        stored
            .map(checkpoint -> moved(checkpoint.state(), device))
            .orElseGet(() -> recipe.optimizer().start(network.initial()));
    this.curve = stored.map(Checkpoint::curve).orElse(new Curve(List.of()));
    this.preprocessing = classifier();
  }

  /** A stored state on the device, in the layout that convolutions prefer. */
  private static Optimizer.State moved(Optimizer.State stored, Device device) {
    return new Optimizer.State(
        moved(stored.values(), device), moved(stored.memory(), device), stored.steps());
  }

  private static List<Tensor> moved(List<Tensor> tensors, Device device) {
    List<Tensor> there = new ArrayList<>();
    for (Tensor tensor : tensors) {
      Tensor placed = tensor.to(device);
      there.add(placed.rank() == 4 ? placed.channelsLast() : placed);
    }
    return there;
  }

  /** Trains to the end, with a checkpoint after each epoch. */
  void run(OutputFolder folder, Progress progress) {
    while (curve.points().size() < recipe.epochs()) {
      curve = curve.with(epoch(curve.points().size(), progress));
      new Checkpoint(state, network.statistics(), curve).write(folder.folder(), recipe);
      folder.write("curve.csv", curve.toCsv());
    }
  }

  private Curve.Point epoch(int epoch, Progress progress) {
    Rng own = rng.split(1).split(epoch);
    int[] order = own.split(0).permutation(train.size());
    int steps = train.size() / recipe.batch();
    long total = (long) steps * recipe.epochs();
    double loss = 0;
    long right = 0;
    double rate = 0;
    for (int step = 0; step < steps; step++) {
      int from = step * recipe.batch();
      int[] indices = Arrays.copyOfRange(order, from, from + recipe.batch());
      rate = recipe.schedule().rate((double) state.steps() / total);
      try (Scope scope = Scope.open()) {
        Tensor pixels = Batch.pixels(train, indices, recipe.augmentation(), own.split(1));
        Tensor classes = Batch.labels(train, indices).to(device);
        List<Tensor> leaves = state.values().stream().map(Tensor::leaf).toList();
        Tensor logits = network.forward(preprocessing.preprocess(pixels.to(device)), leaves);
        Tensor value = recipe.loss().of(logits, classes);
        List<Tensor> gradients = Gradients.of(value, leaves, Gradients.Recording.FREE);
        state = state.replaced(scope, recipe.optimizer().step(state, gradients, rate));
        loss += finite(value.item());
        right += Accuracy.right(logits, classes);
      }
      progress.report(state.steps(), total, "steps");
    }
    return new Curve.Point(
        epoch + 1,
        rate,
        loss / steps,
        (double) right / ((long) steps * recipe.batch()),
        Accuracy.of(classifier(), test, TEST_BATCH));
  }

  private double finite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException(
          "the loss is %s after %d steps; use a smaller learning rate"
              .formatted(loss, state.steps()));
    }
    return loss;
  }

  /** The network as it is now. */
  GraphClassifier classifier() {
    return new GraphClassifier(card, labels, graph(), device);
  }

  /** The graph as it is now. */
  Graph graph() {
    return network.with(state.values());
  }

  Curve curve() {
    return curve;
  }
}
