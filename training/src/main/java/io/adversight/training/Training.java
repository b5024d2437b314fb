package io.adversight.training;

import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.graph.training.Trainable;
import io.adversight.graph.training.TrainingStep;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.model.Prototypes;
import io.adversight.run.Progress;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Optimizer;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.Architecture;
import io.adversight.training.architecture.PrototypeHead;
import io.adversight.training.data.Accuracy;
import io.adversight.training.data.Augmentation;
import io.adversight.training.data.Batch;
import io.adversight.training.data.TrainingInput;
import io.adversight.training.loss.TrainingBatch;
import io.adversight.training.loss.TrainingLoss;
import io.adversight.training.loss.TrainingPass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One training as it runs: a recipe, its data, and the state that each step changes. */
final class Training {
  private static final int TEST_BATCH = 500;

  private final Recipe recipe;
  private final DataSet train;
  private final DataSet test;
  private final ModelCard card;
  private final Labels labels;
  private final Device device;
  private final Rng rng;
  private final Architecture architecture;
  private final Trainable network;
  private final GraphClassifier preprocessing;
  private List<Tensor> values;
  private Optimizer.State state;
  private TrainingCurve curve;
  private Prototypes prototypes;

  /** A training from its start, or from the checkpoint of {@code folder} where there is one. */
  Training(
      Recipe recipe,
      Architecture architecture,
      DataSet train,
      DataSet test,
      ModelCard card,
      Labels labels,
      Map<String, Tensor> first,
      Path folder,
      Device device) {
    this.recipe = recipe;
    this.architecture = architecture;
    this.train = train;
    this.test = test;
    this.card = card;
    this.labels = labels;
    this.device = device;
    this.rng = new Rng(recipe.seed());
    Optional<TrainingState> stored = TrainingState.read(folder, recipe);
    Graph untrained = architecture.graph(card.input(), card.classes(), rng.split(0));
    Map<String, Tensor> known = new HashMap<>(fitting(first, untrained));
    known.putAll(stored.map(TrainingState::statistics).orElse(Map.of()));
    this.network = new Trainable(untrained.withConstants(known), device);
    this.values = stored.map(c -> moved(c.values(), device)).orElseGet(network::initial);
    this.curve = stored.map(TrainingState::curve).orElse(new TrainingCurve(List.of()));
    this.prototypes = stored.map(TrainingState::prototypes).orElse(Prototypes.NONE);
    this.state =
        stored
            .filter(c -> epochOfPhase() > 0)
            .map(c -> new Optimizer.State(trained(), moved(c.memory(), device), c.steps()))
            .orElseGet(this::started);
    this.preprocessing = classifier();
  }

  /** The weights of another network that this one has in the same shape. */
  private static Map<String, Tensor> fitting(Map<String, Tensor> first, Graph untrained) {
    Map<String, Tensor> fitting = new HashMap<>();
    untrained
        .constants()
        .forEach(
            (name, constant) -> {
              Tensor other = first.get(name);
              if (other != null && other.shape().equals(constant.shape())) {
                fitting.put(name, other);
              }
            });
    return fitting;
  }

  private static List<Tensor> moved(List<Tensor> tensors, Device device) {
    List<Tensor> there = new ArrayList<>();
    for (Tensor tensor : tensors) {
      Tensor placed = tensor.to(device);
      there.add(placed.rank() == 4 ? placed.channelsLast() : placed);
    }
    return there;
  }

  private int epoch() {
    return curve.points().size();
  }

  /** The phase of the next epoch; the last when all is done. */
  private Phase phase() {
    int left = epoch();
    for (Phase phase : recipe.phases()) {
      if (left < phase.epochs()) {
        return phase;
      }
      left -= phase.epochs();
    }
    return recipe.phases().get(recipe.phases().size() - 1);
  }

  private int epochOfPhase() {
    int left = epoch();
    for (Phase phase : recipe.phases()) {
      if (left < phase.epochs()) {
        return left;
      }
      left -= phase.epochs();
    }
    return 0;
  }

  private List<Tensor> trained() {
    Phase phase = phase();
    List<Tensor> trained = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (phase.trains(network.weights().get(i))) {
        trained.add(values.get(i));
      }
    }
    return trained;
  }

  private Optimizer.State started() {
    List<Tensor> trained = trained();
    if (trained.isEmpty()) {
      throw new InputException(
          "phase \"%s\" trains %s, but the weights are %s"
              .formatted(phase().name(), phase().trained(), network.weights()));
    }
    return phase().optimizer().start(trained);
  }

  /** All weights, those in training replaced. */
  private List<Tensor> with(List<Tensor> changing) {
    Phase phase = phase();
    List<Tensor> all = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < values.size(); i++) {
      all.add(phase.trains(network.weights().get(i)) ? changing.get(next++) : values.get(i));
    }
    return all;
  }

  /** Trains to the end, with a checkpoint after each epoch. */
  void run(TrainingFolder folder, Progress progress, Consumer<TrainingCurve.Point> epochs) {
    TrainingInput feed = feed(phase());
    while (epoch() < recipe.epochs()) {
      Phase phase = phase();
      feed = epochOfPhase() == 0 && epoch() > 0 ? feed(phase) : feed;
      boolean last = epochOfPhase() == phase.epochs() - 1;
      Sums sums = train(phase, feed, progress);
      values = with(state.values());
      if (last && phase.project()) {
        project();
      }
      TrainingCurve.Point point = sums.point(phase, epoch() + 1, feed.accuracy(classifier()));
      curve = curve.with(point);
      if (last) {
        state = started();
      }
      new TrainingState(
              values, state.memory(), state.steps(), network.statistics(), curve, prototypes)
          .write(folder.folder(), recipe);
      folder.write("curve.csv", curve.toCsv());
      epochs.accept(point);
    }
  }

  /** Features, where a phase leaves the backbone and the images as they are; or else images. */
  private TrainingInput feed(Phase phase) {
    TrainingInput.Pixels pixels =
        new TrainingInput.Pixels(train, test, recipe.augmentation(), preprocessing, TEST_BATCH);
    return architecture
        .backbone()
        .filter(part -> recipe.augmentation().equals(Augmentation.NONE))
        .filter(part -> !phase.loss().attacksImages())
        .filter(
            part ->
                network.weights().stream().noneMatch(name -> part.has(name) && phase.trains(name)))
        .flatMap(part -> TrainingInput.Features.of(part, graph(), pixels))
        .orElse(pixels);
  }

  /** What is added up in an epoch. */
  private record Sums(
      int steps, int images, double rate, double loss, Map<String, Double> terms, long right) {
    Sums with(
        double newRate, int count, double value, Map<String, Double> termValues, long rightOnes) {
      Map<String, Double> added = new LinkedHashMap<>(terms);
      termValues.forEach((name, term) -> added.merge(name, term, Double::sum));
      return new Sums(steps + 1, images + count, newRate, loss + value, added, right + rightOnes);
    }

    TrainingCurve.Point point(Phase phase, int epoch, double accuracy) {
      Map<String, Double> means = new LinkedHashMap<>(terms);
      means.replaceAll((name, sum) -> sum / steps);
      return new TrainingCurve.Point(
          epoch, phase.name(), rate, loss / steps, (double) right / images, accuracy, means);
    }
  }

  private Sums train(Phase phase, TrainingInput feed, Progress progress) {
    Rng own = rng.split(1).split(epoch());
    int[] order = own.split(0).permutation(train.size());
    int steps = train.size() / recipe.batch();
    Sums sums = new Sums(0, 0, 0, 0, Map.of(), 0);
    for (int step = 0; step < steps; step++) {
      int from = step * recipe.batch();
      int[] indices = Arrays.copyOfRange(order, from, from + recipe.batch());
      double done = (double) state.steps() / ((long) steps * phase.epochs());
      double rate = phase.schedule().rate(done);
      try (Scope scope = Scope.open()) {
        TrainingStep weights = TrainingStep.from(state);
        Step batch = new Step(phase, feed, with(weights.weights()), indices, own, done);
        TrainingLoss.Evaluation loss = phase.loss().evaluate(batch);
        Tensor value = loss.terms().sum();
        state = weights.along(value, phase.optimizer(), rate, scope);
        long right = Accuracy.right(loss.logits(), batch.labels());
        sums = sums.with(rate, indices.length, finite(value.item()), loss.terms().values(), right);
      }
      progress.report((long) epoch() * steps + step + 1, (long) steps * recipe.epochs(), "steps");
    }
    return sums;
  }

  /** The architecture's random constants for a batch, each image's from its own source. */
  private Map<String, Tensor> noise(int[] indices, Rng epoch) {
    Map<String, Tensor> noise = new HashMap<>();
    architecture
        .noise()
        .forEach(
            (name, size) -> {
              float[] values = new float[indices.length * size];
              for (int i = 0; i < indices.length; i++) {
                float[] row = epoch.split(indices[i]).split(name.hashCode()).normal(size);
                System.arraycopy(row, 0, values, i * size, size);
              }
              noise.put(name, Tensor.of(values, indices.length, size).to(device));
            });
    return noise;
  }

  /** A batch of a step. */
  private final class Step implements TrainingBatch {
    private final Phase phase;
    private final TrainingInput feed;
    private final List<Tensor> weights;
    private final Tensor images;
    private final Tensor labels;
    private final List<Integer> classes;
    private final Map<String, Tensor> noise;
    private final Rng epoch;
    private final double progress;

    /**
     * @param weights all of them, those in training recorded
     * @param epoch source of the epoch's randomness
     */
    Step(
        Phase phase,
        TrainingInput feed,
        List<Tensor> weights,
        int[] indices,
        Rng epoch,
        double progress) {
      this.phase = phase;
      this.feed = feed;
      this.weights = weights;
      this.images = feed.batch(indices, epoch.split(1)).to(device);
      this.labels = Batch.labels(train, indices).to(device);
      this.classes = Arrays.stream(indices).map(train::label).boxed().toList();
      this.noise = noise(indices, epoch.split(2));
      this.epoch = epoch;
      this.progress = progress;
    }

    @Override
    public Tensor images() {
      return images;
    }

    @Override
    public Tensor labels() {
      return labels;
    }

    @Override
    public TrainingPass pass(Tensor batch) {
      Graph part = feed.part(network.with(weights).withConstants(noise));
      return TrainingPass.of(part, feed.fed(batch), phase::trains).owned(owners());
    }

    @Override
    public Problem problem() {
      Graph now = network.with(with(state.values()));
      return Problem.of(preprocessing.withGraph(now), images, classes);
    }

    @Override
    public Run run() {
      return Run.of(epoch.split(3), images);
    }

    @Override
    public double progress() {
      return progress;
    }
  }

  private List<Integer> owners() {
    return prototypes.all().stream().map(Prototypes.Prototype::owner).toList();
  }

  /** Prototypes become training patches; those that are not of their class go. */
  private void project() {
    PrototypeProjection projection = PrototypeProjection.of(graph(), preprocessing, train);
    prototypes = projection.prototypes();
    replace(PrototypeHead.PROTOTYPES, projection.values());
    int least = architecture.prototypes().map(PrototypeHead::prune).orElse(0);
    if (least > 0) {
      PrototypePruning pruned =
          PrototypePruning.of(graph(), prototypes, preprocessing, train, least);
      prototypes = pruned.prototypes();
      replace(PrototypeHead.PROTOTYPES, pruned.values());
      replace(PrototypeHead.LAST, pruned.connections());
    }
  }

  private void replace(String weight, Tensor value) {
    List<Tensor> replaced = new ArrayList<>(values);
    replaced.set(network.weights().indexOf(weight), moved(List.of(value), device).get(0));
    values = replaced;
  }

  private double finite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException(
          "the loss is %s in epoch %s, step %s; use a smaller learning rate"
              .formatted(loss, epoch() + 1, state.steps()));
    }
    return loss;
  }

  /** The network as it is now. */
  GraphClassifier classifier() {
    return new GraphClassifier(card, labels, graph(), device);
  }

  /** The graph as it is now. */
  Graph graph() {
    return network.with(values);
  }

  /** What is known of the network beforehand. */
  ModelCard card() {
    return card;
  }

  TrainingCurve curve() {
    return curve;
  }

  /** Where the prototypes come from; none if the architecture has none. */
  Prototypes prototypes() {
    return prototypes;
  }
}
