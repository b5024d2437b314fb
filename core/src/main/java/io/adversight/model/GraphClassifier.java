package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.describe.Check;
import io.adversight.graph.AttentionBlock;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.graph.Layer;
import io.adversight.graph.MapLayout;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A classifier computed by a graph. */
public final class GraphClassifier implements Classifier {
  private static final double SMALLEST_PROBABILITY = 1e-30;
  private static final int MOST_DRAWS = 10_000;

  private final ModelCard card;
  private final Labels labels;
  private final Graph graph;
  private final boolean probabilities;
  private final Tensor scale;
  private final Tensor shift;
  private final List<Layer> layers;
  private final List<AttentionBlock> attention;
  private final Prototypes prototypes;
  private final Optional<Guard> guard;
  private final Optional<DataHome> home;
  private final OnnxEngine onnx;

  /**
   * A classifier of a graph that takes what the card says.
   *
   * @throws IllegalArgumentException if the graph does not take images of the card's size, or does
   *     not give one number per class
   */
  public GraphClassifier(ModelCard card, Labels labels, Graph graph) {
    this(card, labels, graph, Device.CPU);
  }

  /** A classifier computed on {@code device}. */
  public GraphClassifier(ModelCard card, Labels labels, Graph graph, Device device) {
    this(card, labels, graph, Prototypes.NONE, device);
  }

  /** A classifier by prototypes. */
  public GraphClassifier(
      ModelCard card, Labels labels, Graph graph, Prototypes prototypes, Device device) {
    this(
        card,
        labels,
        prototypes,
        Scores.of(graph, card.output(), imageShape(card)).to(device),
        card.output() == OutputKind.PROBABILITIES && !graph.endsInSoftmax(),
        Optional.empty(),
        Optional.empty(),
        EngineChoice.LIBTORCH,
        true);
  }

  private GraphClassifier(
      ModelCard card,
      Labels labels,
      Prototypes prototypes,
      Graph graph,
      boolean probabilities,
      Optional<Guard> guard,
      Optional<DataHome> home,
      EngineChoice engine,
      boolean lasting) {
    this.card = card;
    this.guard = guard;
    this.home = home;
    this.labels = labels;
    this.graph = graph;
    this.probabilities = probabilities;
    this.prototypes = prototypes;
    Device device = graph.device();
    Preprocessing preprocessing = card.preprocessing();
    int channels = card.input().channels();
    float[] scales = new float[channels];
    float[] shifts = new float[channels];
    for (int c = 0; c < channels; c++) {
      double std = preprocessing.std().get(c);
      scales[c] = (float) (preprocessing.range() / std);
      shifts[c] = (float) (-preprocessing.mean().get(c) / std);
    }
    try (Scope scope = Scope.open()) {
      this.scale = scope.release(Tensor.of(scales, 1, channels, 1, 1).to(device));
      this.shift = scope.release(Tensor.of(shifts, 1, channels, 1, 1).to(device));
    }
    this.layers = this.graph.layers(imageShape(card));
    this.attention = this.graph.attention(imageShape(card));
    long outputs = OutputShape.outputs(this.graph, imageShape(card));
    if (outputs != card.classes()) {
      throw new IllegalArgumentException(
          "the network gives %s numbers, but its card says %s classes"
              .formatted(outputs, card.classes()));
    }
    this.onnx = onnx(engine, lasting);
  }

  private OnnxEngine onnx(EngineChoice engine, boolean lasting) {
    Input input = card.input();
    Shape pixels = Shape.of(1, input.channels(), input.height(), input.width());
    return new OnnxEngine(engine, pixels, device(), this::pixelGraph, lasting);
  }

  /** The same network, computed from other pixels. */
  private GraphClassifier(
      GraphClassifier network, ModelCard card, Optional<Guard> guard, Optional<DataHome> home) {
    this(network, card, guard, home, network.layers, network.attention);
  }

  /** The same network with another engine. */
  private GraphClassifier(GraphClassifier network, EngineChoice engine) {
    this.card = network.card;
    this.labels = network.labels;
    this.graph = network.graph;
    this.probabilities = network.probabilities;
    this.scale = network.scale;
    this.shift = network.shift;
    this.layers = network.layers;
    this.attention = network.attention;
    this.prototypes = network.prototypes;
    this.guard = network.guard;
    this.home = network.home;
    this.onnx = onnx(engine, true);
  }

  private GraphClassifier(
      GraphClassifier network,
      ModelCard card,
      Optional<Guard> guard,
      Optional<DataHome> home,
      List<Layer> layers,
      List<AttentionBlock> attention) {
    this.card = card;
    this.labels = network.labels;
    this.graph = network.graph;
    this.probabilities = network.probabilities;
    this.scale = network.scale;
    this.shift = network.shift;
    this.layers = layers;
    this.attention = attention;
    this.prototypes = network.prototypes;
    this.guard = guard;
    this.home = home;
    this.onnx = network.onnx;
  }

  /**
   * The network behind a defence: whatever is computed of it is computed of the images that the
   * defence hands on, gradients with respect to the pixels in front of it. Where the defence is
   * random, logits that are recorded are the mean over draws (expectation over transformation,
   * Athalye et al. 2018), all others are those of one draw.
   *
   * @param text the defence as people write it, for the card
   * @param draws at least 1
   * @throws IllegalArgumentException if there is a defence already
   */
  public GraphClassifier behind(InputTransform defense, String text, int draws) {
    Check.within(1, MOST_DRAWS, draws, "draws");
    if (guard.isPresent()) {
      throw new IllegalArgumentException("the network is behind a defence already");
    }
    return new GraphClassifier(
        this, card.behind(text), Optional.of(new Guard(defense, draws, Optional.empty())), home);
  }

  /** This classifier, found through a data home. */
  public GraphClassifier foundIn(DataHome place) {
    return new GraphClassifier(this, card, guard, Optional.of(place));
  }

  /**
   * This classifier with an engine for its passes; libtorch computes gradients that are not
   * symbolic with any. A classifier made of a graph has libtorch, one opened by {@link ModelReader}
   * has {@link EngineChoice#AUTO}.
   *
   * @throws InputException if ONNX Runtime is chosen and does not take the network
   */
  public GraphClassifier on(EngineChoice engine) {
    GraphClassifier there = new GraphClassifier(this, engine);
    if (engine == EngineChoice.ONNXRUNTIME) {
      there.onnx.isUsed();
    }
    return there;
  }

  @Override
  public String engine() {
    return onnx.engine();
  }

  /** Frees what another engine than libtorch holds of this network; a later pass opens it again. */
  public void close() {
    onnx.close();
  }

  @Override
  public Optional<DataHome> home() {
    return home;
  }

  /**
   * A network of independent labels as one of classes that exclude each other, the subsets of some
   * labels: what is computed of it, an attack for example, changes which of them are on.
   *
   * @throws InputException if its labels are not independent
   */
  public GraphClassifier deciding(LabelSet set) {
    if (!card.output().isMultiLabel()) {
      throw new InputException(
          "%s has classes that exclude each other; label sets are for networks of independent labels"
              .formatted(card.name()));
    }
    Graph decided =
        Scores.combined(graph, imageShape(card), set.factors(card.classes())).to(device());
    List<String> names = set.names(labels);
    return new GraphClassifier(
        card.deciding(set, labels),
        Labels.of(names),
        prototypes,
        decided,
        false,
        guard,
        home,
        onnx.choice(),
        true);
  }

  @Override
  public GraphClassifier drawing(Run run) {
    return isRandom()
        ? new GraphClassifier(this, card, guard.map(known -> known.drawing(run)), home)
        : this;
  }

  @Override
  public boolean isRandom() {
    return guard.filter(known -> known.transform().isRandom()).isPresent();
  }

  @Override
  public int passesPerGradient() {
    return guard.filter(known -> known.transform().isRandom()).map(Guard::draws).orElse(1);
  }

  @Override
  public Optional<InputTransform> transform() {
    return guard.map(Guard::transform);
  }

  @Override
  public String gradients() {
    List<String> parts = new ArrayList<>();
    guard
        .map(known -> known.transform().gradients())
        .filter(s -> !s.isEmpty())
        .ifPresent(parts::add);
    if (isRandom()) {
      parts.add(
          "expectation over %s draws (EOT), explanations of one draw"
              .formatted(passesPerGradient()));
    }
    return guard.isEmpty() ? "" : parts.isEmpty() ? "its own" : String.join("; ", parts);
  }

  private static Shape imageShape(ModelCard card) {
    Input input = card.input();
    return card.preprocessing().layout() == AxisOrder.NCHW
        ? Shape.of(1, input.channels(), input.height(), input.width())
        : Shape.of(1, input.height(), input.width(), input.channels());
  }

  /** The shape (1, ...) of one image as the graph takes it. */
  public Shape imageShape() {
    return imageShape(card);
  }

  /** The graph, from preprocessed input to output. */
  public Graph graph() {
    return graph;
  }

  /** The graph from pixels in [0, 1], (N, C, H, W), to logits: preprocessing is part of it. */
  public Graph pixelGraph() {
    return PixelGraph.of(
        graph, card.preprocessing(), scale, shift, probabilities ? SMALLEST_PROBABILITY : 0);
  }

  /**
   * This classifier with another graph of the same shape, such as one with other weights; with the
   * same nodes its tokens lie as they do here. It is made for few passes: its gradients are those
   * of recorded ones.
   */
  public GraphClassifier withGraph(Graph other) {
    GraphClassifier changed =
        new GraphClassifier(
            card,
            labels,
            prototypes,
            other.to(device()),
            probabilities,
            guard,
            home,
            onnx.choice(),
            false);
    return other.nodes().equals(graph.nodes())
        ? new GraphClassifier(changed, card, guard, home, layers, attention)
        : changed;
  }

  /** This classifier with another preprocessing of the same number of channels. */
  public GraphClassifier with(Preprocessing preprocessing) {
    ModelCard changed = card.withPreprocessing(preprocessing);
    return new GraphClassifier(
        new GraphClassifier(
            changed, labels, prototypes, graph, probabilities, guard, home, onnx.choice(), true),
        changed,
        guard,
        home,
        layers,
        attention);
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  /** Where its prototypes come from; none if it has none. */
  public Prototypes prototypes() {
    return prototypes;
  }

  @Override
  public List<Layer> layers() {
    return layers;
  }

  /** The attentions of the network, in order; none in a network of convolutions. */
  public List<AttentionBlock> attention() {
    return attention;
  }

  @Override
  public Optional<String> defaultLayer() {
    return attention.stream()
        .map(AttentionBlock::input)
        .filter(name -> layers.stream().anyMatch(at -> at.name().equals(name) && at.hasMaps()))
        .reduce((first, second) -> second)
        .or(Classifier.super::defaultLayer);
  }

  /**
   * This classifier with tokens that lie on a grid: the last rows x columns tokens of every layer
   * (1, T, C) with as many, whatever was found in the graph.
   *
   * @throws InputException if no layer has as many tokens
   */
  public GraphClassifier withGrid(int rows, int columns) {
    Check.atLeast(1, rows, "rows");
    Check.atLeast(1, columns, "columns");
    long places = (long) rows * columns;
    List<Layer> laid = layers.stream().map(layer -> onGrid(layer, rows, columns)).toList();
    if (laid.equals(layers) && layers.stream().noneMatch(layer -> isTokens(layer, places))) {
      throw new InputException(
          "no layer of \"%s\" has tokens for a grid of %s x %s"
              .formatted(card.name(), rows, columns));
    }
    List<AttentionBlock> placed =
        attention.stream()
            .map(
                block -> {
                  long tokens = layer(block.weights()).shape().size(-1);
                  return tokens < places
                      ? block
                      : new AttentionBlock(
                          block.weights(),
                          block.input(),
                          block.heads(),
                          rows,
                          columns,
                          tokens - places);
                })
            .toList();
    return new GraphClassifier(this, card, guard, home, laid, placed);
  }

  private static boolean isTokens(Layer layer, long places) {
    Shape shape = layer.shape();
    return shape.rank() == 3 && shape.size(0) == 1 && shape.size(1) >= places;
  }

  private static Layer onGrid(Layer layer, long rows, long columns) {
    if (!isTokens(layer, rows * columns)) {
      return layer;
    }
    Shape shape = layer.shape();
    MapLayout layout = MapLayout.ofTokens(rows, columns, shape.size(1), shape.size(2));
    return new Layer(layer.name(), layer.type(), shape, Optional.of(layout));
  }

  @Override
  public Device device() {
    return scale.device();
  }

  /** Pixels as the network takes them: x = (range pixel - mean) / std, reordered. */
  public Tensor preprocess(Tensor pixels) {
    Preprocessing preprocessing = card.preprocessing();
    Tensor x = pixels;
    if (preprocessing.channels() == ChannelOrder.BGR) {
      x = x.flip(1);
    }
    if (!preprocessing.leavesValues()) {
      x = x.mul(scale.like(x)).add(shift.like(x));
    }
    if (preprocessing.layout() == AxisOrder.NHWC) {
      x = x.permute(0, 2, 3, 1);
    } else if (x.rank() == 4) {
      x = x.channelsLast();
    }
    return x == pixels ? pixels.alias() : x;
  }

  /** What enters the network for some pixels: those that the defence hands on, preprocessed. */
  public Tensor networkInput(Tensor pixels) {
    return preprocess(seen(pixels));
  }

  /** The pixels that the defence hands on. */
  private Tensor seen(Tensor pixels) {
    return guard.map(known -> known.once(pixels)).orElse(pixels);
  }

  @Override
  public Tensor logits(Tensor pixels) {
    if (guard.filter(known -> known.expects(pixels)).isPresent()) {
      return expectedLogits(guard.get(), pixels);
    }
    try (Scope scope = Scope.open()) {
      Tensor seen = seen(pixels);
      return scope.keep(
          onnx.logits(seen).orElseGet(() -> toLogits(graph.forward(preprocess(seen)))));
    }
  }

  @Override
  public Tensor settled(Tensor pixels, Tensor logits) {
    if (isRandom() || pixels.isDouble() || logits.size(1) < 2 || !onnx.isUsed()) {
      return logits;
    }
    int[] open = openDecisions(logits);
    if (open.length == 0) {
      return logits;
    }
    try (Scope scope = Scope.open()) {
      return scope.keep(logits.withRows(open, logits(pixels.rows(open))));
    }
  }

  @Override
  public Optional<GradientPass> gradients(
      Tensor pixels, Objective objective, Collection<String> places) {
    Optional<SymbolicObjective> symbolic = objective.symbolic();
    if (symbolic.isEmpty() || isRandom()) {
      return Optional.empty();
    }
    if (guard.isEmpty()) {
      return onnx.gradients(pixels, symbolic.get(), places);
    }
    Tensor leaf = pixels.leaf();
    Tensor seen = seen(leaf);
    return onnx.gradients(seen.detach(), symbolic.get(), places)
        .map(pass -> pass.through(leaf, seen));
  }

  @Override
  public boolean hasSymbolicGradients() {
    return !isRandom() && onnx.computesGradients();
  }

  /** The images whose two largest logits differ by no more than rounding. */
  private static int[] openDecisions(Tensor logits) {
    try (Scope scope = Scope.open()) {
      Tensor top = logits.top(2, 1).values();
      double[] margins = top.select(1, 0).sub(top.select(1, 1)).toDoubles();
      double[] largest = logits.linfPerImage().toDoubles();
      return IntStream.range(0, margins.length)
          .filter(i -> !(margins[i] > ROUNDING * largest[i]))
          .toArray();
    }
  }

  /** The mean over draws, E f(t(x)) (Athalye et al. 2018, section 4.2). */
  private Tensor expectedLogits(Guard known, Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Run source = known.source(pixels);
      Tensor sum = null;
      for (int draw = 0; draw < known.draws(); draw++) {
        Tensor seen = known.transform().of(pixels, source.split(draw));
        Tensor logits = toLogits(graph.forward(preprocess(seen)));
        sum = sum == null ? logits : sum.add(logits);
      }
      return scope.keep(Objects.requireNonNull(sum).div(known.draws()));
    }
  }

  @Override
  public Activations forward(Tensor pixels, BackwardRules rules) {
    return forwardFrom(Set.of(), pixels, rules);
  }

  @Override
  public Activations forwardFrom(Set<String> leaves, Tensor pixels, BackwardRules rules) {
    Map<String, Tensor> values =
        new LinkedHashMap<>(graph.forwardAll(networkInput(pixels), rules, leaves));
    Tensor output = values.get(graph.output());
    if (output == null) {
      throw new IllegalStateException("the graph did not compute its output");
    }
    return new Activations(toLogits(output), values, layers);
  }

  @Override
  public Activations forward(
      Tensor pixels, BackwardRules rules, Set<String> names, boolean logits) {
    Set<String> wanted = new LinkedHashSet<>(names);
    if (logits) {
      wanted.add(graph.output());
    }
    Map<String, Tensor> kept = graph.forward(networkInput(pixels), rules, wanted);
    Tensor output = kept.get(graph.output());
    return output == null || !logits
        ? Activations.ofLayers(kept, layers)
        : new Activations(toLogits(output), kept, layers);
  }

  /**
   * A forward pass in which a layer has a given value instead of its own. Layers that only that one
   * needs are not computed; {@code pixels} feed the paths that lead around it.
   *
   * @param value in the shape of the layer, for as many images as {@code pixels}
   * @param everyLayer whether the layers computed are kept
   */
  public Activations forwardGiven(String layer, Tensor value, Tensor pixels, boolean everyLayer) {
    Graph rest = graph.given(layer, value);
    if (!everyLayer) {
      try (Scope scope = Scope.open()) {
        return Activations.ofLogits(scope.keep(toLogits(rest.forward(networkInput(pixels)))));
      }
    }
    Map<String, Tensor> values =
        new LinkedHashMap<>(rest.forwardAll(networkInput(pixels), BackwardRules.STANDARD));
    values.put(layer, value);
    Tensor output = values.get(rest.output());
    if (output == null) {
      throw new IllegalStateException("the graph did not compute its output");
    }
    return new Activations(toLogits(output), values, layers);
  }

  private Tensor toLogits(Tensor output) {
    Tensor flat = output.rank() == 2 ? output : output.reshape(output.size(0), -1);
    if (!probabilities) {
      return flat;
    }
    return flat.maximum(flat.fullLike(SMALLEST_PROBABILITY)).log();
  }
}
