package io.adversight.visualization.patch;

import io.adversight.describe.Check;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Operator;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Looks for the images to which each channel of some layers responds most (Zeiler and Fergus 2014,
 * section 4; Girshick et al. 2014, section 3.1), batch after batch, all layers in one forward pass.
 * A layer's activations are read as soon as they are computed and freed with those of the forward
 * pass, so that memory holds no more than that pass and the best so far. What follows from other
 * layers, as behind a rectifier, is not read again.
 */
public final class PatchScan implements AutoCloseable {
  private final GraphClassifier classifier;
  private final int best;
  private final List<String> layers;
  private final Map<String, Node> followed;
  private final Map<String, Found> read = new LinkedHashMap<>();
  private int done;

  /** The best so far of one layer, each (C, k), best first; images are -1 where none was seen. */
  record Found(Tensor values, Tensor images, Tensor places) {
    private static Found nothing(long channels, int best) {
      return new Found(
          Tensor.full(Double.NEGATIVE_INFINITY, channels, best),
          Tensor.full(-1, channels, best),
          Tensor.full(-1, channels, best));
    }

    /** What was found in the result of an operator whose largest elements stay where they were. */
    private static Found behind(Operator operator, List<Found> before) {
      if (operator instanceof Activation activation) {
        Found only = before.get(0);
        return new Found(activation.of(only.values), only.images, only.places);
      }
      return new Found(
          Tensor.concat(before.stream().map(Found::values).toList(), 0),
          Tensor.concat(before.stream().map(Found::images).toList(), 0),
          Tensor.concat(before.stream().map(Found::places).toList(), 0));
    }

    private Found copy() {
      return new Found(values.copy(), images.copy(), places.copy());
    }

    private Found released(Scope scope) {
      List.of(values, images, places).forEach(scope::release);
      return this;
    }

    private void close() {
      List.of(values, images, places).forEach(Tensor::close);
    }
  }

  /**
   * A scan that has seen nothing.
   *
   * @param layers names of layers
   * @param best how many images are kept per channel
   */
  public PatchScan(GraphClassifier classifier, Collection<String> layers, int best) {
    this(classifier, layers, best, 0, Map.of());
  }

  /** A scan that goes on where a stored one was. */
  PatchScan(
      GraphClassifier classifier,
      Collection<String> layers,
      int best,
      int done,
      Map<String, Found> stored) {
    Check.within(1, 1000, best, "the number of patches");
    this.classifier = classifier;
    this.best = best;
    this.done = done;
    this.layers = layers.stream().map(name -> classifier.layer(name).name()).toList();
    this.followed = followed(classifier, new HashSet<>(layers));
    try (Scope scope = Scope.open()) {
      for (String name : this.layers) {
        if (!followed.containsKey(name)) {
          Found known = stored.get(name);
          long channels = classifier.layer(name).mapShape().size(1);
          Found start = known == null ? Found.nothing(channels, best) : known.copy();
          read.put(name, start.released(scope));
        }
      }
    }
  }

  /** Those layers whose peaks are where the layers before them have theirs. */
  private static Map<String, Node> followed(GraphClassifier classifier, Set<String> wanted) {
    Map<String, Node> followed = new LinkedHashMap<>();
    for (Node node : classifier.graph().nodes()) {
      boolean rising = node.operator() instanceof Activation some && some.isRising();
      boolean joined =
          node.operator() instanceof Layout.Concat concat
              && concat.axis() == 1
              && classifier.layer(node.name()).layout().isEmpty();
      boolean stays = rising || joined;
      if (stays && wanted.contains(node.name()) && wanted.containsAll(node.inputs())) {
        followed.put(node.name(), node);
      }
    }
    return followed;
  }

  /** How many images were seen. */
  public int done() {
    return done;
  }

  /** How many images are kept per channel. */
  public int best() {
    return best;
  }

  /** What was found so far in a layer. */
  Found found(String layer) {
    Node node = followed.get(layer);
    return node == null
        ? Objects.requireNonNull(read.get(layer), layer)
        : Found.behind(node.operator(), node.inputs().stream().map(this::found).toList());
  }

  /** What was found so far, by layer. */
  Map<String, Found> found() {
    Map<String, Found> found = new LinkedHashMap<>();
    layers.forEach(layer -> found.put(layer, found(layer)));
    return found;
  }

  /**
   * Looks at the next images.
   *
   * @param pixels (N, C, H, W) in [0, 1]
   */
  public void add(Tensor pixels) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      BackwardRules watching = this::watched;
      classifier.forward(pixels, watching, Set.of(), true);
    }
    done += (int) pixels.size(0);
  }

  private Tensor watched(Node node, List<Tensor> inputs) {
    Tensor value = node.operator().forward(inputs);
    read.computeIfPresent(
        node.name(), (name, known) -> better(known, classifier.layer(name).maps(value)));
    return value;
  }

  private Found better(Found known, Tensor value) {
    try (Scope scope = Scope.open()) {
      ChannelMaxima peaks = ChannelMaxima.of(value);
      Tensor.Sorted top = joined(known.values, peaks.values()).top(best, 1);
      long[] from = top.indices().toLongs();
      int[] fresh = IntStream.range(0, from.length).filter(i -> from[i] >= best).toArray();
      float[] images = known.images.gather(1, known(top)).toFloats();
      float[] places = known.places.gather(1, known(top)).toFloats();
      int[] fromBatch = IntStream.of(fresh).map(i -> (int) from[i] - best).toArray();
      int[] at = peaks.places(fromBatch, IntStream.of(fresh).map(i -> i / best).toArray());
      for (int i = 0; i < fresh.length; i++) {
        images[fresh[i]] = done + fromBatch[i];
        places[fresh[i]] = at[i];
      }
      long channels = value.size(1);
      Found better =
          new Found(
              top.values(), Tensor.of(images, channels, best), Tensor.of(places, channels, best));
      known.close();
      return better.released(scope);
    }
  }

  /** Where the best so far were before; any place for those that are new. */
  private Tensor known(Tensor.Sorted top) {
    return top.indices().clamp(0, best - 1.0).asLong();
  }

  /** The best so far and those of a batch (N, C) in the rows of the channels. */
  private static Tensor joined(Tensor known, Tensor batch) {
    return Tensor.concat(List.of(known, batch.transpose(0, 1).like(known)), 1);
  }

  @Override
  public void close() {
    read.values().forEach(Found::close);
  }
}
