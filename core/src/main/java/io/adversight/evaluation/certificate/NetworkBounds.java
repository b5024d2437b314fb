package io.adversight.evaluation.certificate;

import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.input.InputException;
import io.adversight.tensor.Adam;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Optimizer;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Bounds of the activations of a network over a region of images. */
final class NetworkBounds {
  /** Doubles that a batch of substitutions may take for one value of every layer. */
  private static final long BATCH_ELEMENTS = 20_000_000;

  /** Rows that are bounded together when one that fails ends the search. */
  private static final int LIKELIEST = 16;

  /** Forward passes that are as long as the substitution of a row: a forward and a backward one. */
  private static final double PASSES = 3;

  private static final int STEPS = 20;
  private static final double RATE = 0.25;

  private final PiecewiseAffine network;
  private final Region region;
  private final WorkBudget budget;
  private final Map<String, Interval> intervals = new HashMap<>();
  private final Map<String, Relaxation> relaxations = new LinkedHashMap<>();
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private long elements;
  private double multiplications;
  private String tooLarge = "";

  private NetworkBounds(PiecewiseAffine network, Region region, WorkBudget budget) {
    this.network = network;
    this.region = region;
    this.budget = budget;
  }

  /** Bounds that belong to the current scope. */
  static NetworkBounds of(
      PiecewiseAffine network, Region region, Method method, WorkBudget budget) {
    NetworkBounds bounds = new NetworkBounds(network, region, budget);
    bounds.propagate(method == Method.CROWN || method == Method.ALPHA_CROWN);
    return bounds;
  }

  /**
   * The same bounds, unless the budget was too small for the method, so that activations had to be
   * bounded by intervals alone.
   *
   * @throws InputException if it was too small
   */
  NetworkBounds complete() {
    if (!tooLarge.isEmpty()) {
      throw new InputException(tooLarge);
    }
    return this;
  }

  private void propagate(boolean substitute) {
    String input = network.graph().input();
    Interval box = region.box();
    Tensor a = network.preprocess(box.low());
    Tensor b = network.preprocess(box.high());
    outputs.put(input, box.low());
    intervals.put(input, new Interval(a.minimum(b), a.maximum(b)));
    for (Node node : network.graph().nodes()) {
      if (!network.isBent(node.name())) {
        intervals.put(node.name(), affine(node));
        count(node);
        continue;
      }
      Interval x = interval(node.inputs().get(0));
      if (substitute && !(node.operator() instanceof Pooling)) {
        x = tightened(node.inputs().get(0), x, undecided(node.operator(), x));
      }
      relaxations.put(node.name(), relaxation(node.operator(), x));
      Interval y =
          new Interval(
              node.operator().forward(List.of(x.low())),
              node.operator().forward(List.of(x.high())));
      intervals.put(node.name(), y);
      outputs.put(node.name(), y.low());
      count(node);
    }
  }

  /** Adds a layer to the size of the network. */
  private void count(Node node) {
    Tensor output = interval(node.name()).low();
    List<Shape> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      Tensor constant = network.graph().constants().get(name);
      inputs.add((constant == null ? interval(name).low() : constant).shape());
    }
    elements += output.elements();
    multiplications += node.operator().work(inputs, output.shape());
  }

  private Interval interval(String name) {
    Interval found = intervals.get(name);
    if (found == null) {
      throw new IllegalStateException("\"" + name + "\" has no interval yet");
    }
    return found;
  }

  private Interval affine(Node node) {
    List<Interval> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      Tensor constant = network.graph().constants().get(name);
      inputs.add(constant == null ? interval(name) : new Interval(constant, constant));
    }
    return AffineRules.of(node.operator(), inputs, network.constant(node));
  }

  /** The elements in whose interval a rectifier bends. */
  private static int[] undecided(Operator operator, Interval x) {
    double[] bends =
        operator instanceof Activation.Clip clip
            ? new double[] {clip.min(), clip.max()}
            : new double[] {0};
    Tensor any = x.low().fullLike(0);
    for (double bend : bends) {
      any = any.maximum(x.low().lt(bend).and(x.high().gt(bend)).asDouble());
    }
    return Rows.where(any);
  }

  private static Relaxation relaxation(Operator operator, Interval x) {
    if (operator instanceof Activation.LeakyRelu leaky) {
      return Lines.of(leaky, x);
    }
    if (operator instanceof Activation.Clip clip) {
      return Lines.of(clip, x);
    }
    if (operator instanceof Pooling.MaxPool pool) {
      return Maxima.of(Maxima.windows(pool, x.low().shape()), x);
    }
    if (operator instanceof Pooling.GlobalMaxPool) {
      return Maxima.of(Maxima::everywhere, x);
    }
    return Lines.of(new Activation.Clip(0, Double.POSITIVE_INFINITY), x);
  }

  /** The interval of a layer, some of its elements bounded by substitution too. */
  private Interval tightened(String layer, Interval x, int[] chosen) {
    double[] low = x.low().reshape(-1).toDoubles();
    double[] high = x.high().reshape(-1).toDoubles();
    if (!budget.spend(PASSES * 2 * chosen.length * multiplications)) {
      tooLarge =
          "the ball of %s is too large for backward substitution in this network: %s activations of"
                  .formatted(region.ball().epsilon(), chosen.length)
              + " layer \"%s\" are undecided; use a smaller epsilon or the method interval"
                  .formatted(layer);
      return x;
    }
    int most = (int) Math.max(1, BATCH_ELEMENTS / (4 * Math.max(1, elements)));
    for (int from = 0; from < chosen.length; from += most) {
      int[] part = Arrays.copyOfRange(chosen, from, Math.min(from + most, chosen.length));
      try (Scope scope = Scope.open()) {
        Tensor rows =
            Tensor.concat(
                List.of(Rows.selecting(x.low(), part, 1), Rows.selecting(x.low(), part, -1)), 0);
        double[] least = least(layer, rows, relaxations).toDoubles();
        for (int i = 0; i < part.length; i++) {
          low[part[i]] = Math.max(low[part[i]], least[i]);
          high[part[i]] = Math.min(high[part[i]], -least[part.length + i]);
          // Rounding may turn an interval of almost no width.
          low[part[i]] = Math.min(low[part[i]], high[part[i]]);
        }
      }
    }
    long[] sizes = x.low().shape().toArray();
    return new Interval(Tensor.of(low, sizes), Tensor.of(high, sizes));
  }

  /** Lower bounds over the region of linear functions of a layer, shape (S). */
  private Tensor least(String layer, Tensor rows, Map<String, Relaxation> lines) {
    Substitution substitution =
        new Substitution(network, outputs, lines, rows.size(0), Gradients.Recording.KEEP);
    return ofPixels(substitution.lower(layer, rows));
  }

  private Tensor ofPixels(Substitution.Affine affine) {
    Tensor coefficients = affine.coefficients().get(network.graph().input());
    return coefficients == null
        ? affine.constant()
        : affine.constant().add(region.least(coefficients));
  }

  /**
   * Lower bounds over the region of linear functions of the logits, shape (S).
   *
   * @param rows (S, classes)
   */
  double[] least(Tensor rows, Method method) {
    double[] all = new double[(int) rows.size(0)];
    int most = (int) Math.max(1, BATCH_ELEMENTS / Math.max(1, elements));
    for (int from = 0; from < all.length; from += most) {
      int count = Math.min(most, all.length - from);
      try (Scope scope = Scope.open()) {
        double[] part = together(rows.narrow(0, from, count), method);
        System.arraycopy(part, 0, all, from, count);
      }
    }
    return all;
  }

  /**
   * Decides whether linear functions of the logits stay above 0. Intervals, which take little,
   * decide what they can; the other functions follow in their order, until one fails.
   *
   * @param rows (S, classes), the ones most likely to fail first
   */
  Decision decide(Tensor rows, Method method) {
    double[] intervals = byIntervals(rows);
    int[] open = IntStream.range(0, intervals.length).filter(i -> !(intervals[i] > 0)).toArray();
    if (method == Method.INTERVAL) {
      return open.length == 0 ? new Decision.Proved() : new Decision.Failed(least(intervals));
    }
    double passes = PASSES * (method == Method.ALPHA_CROWN ? 1 + 2 * STEPS : 1);
    int most = (int) Math.max(1, Math.min(LIKELIEST, BATCH_ELEMENTS / Math.max(1, elements)));
    for (int from = 0; from < open.length; from += most) {
      int[] part = Arrays.copyOfRange(open, from, Math.min(from + most, open.length));
      if (!budget.spend(passes * part.length * multiplications)) {
        return new Decision.Unknown();
      }
      try (Scope scope = Scope.open()) {
        double[] margins = together(rows.rows(part), method);
        int weakest = least(margins);
        if (!(margins[weakest] > 0)) {
          return new Decision.Failed(part[weakest]);
        }
      }
    }
    return new Decision.Proved();
  }

  private double[] byIntervals(Tensor rows) {
    String output = network.graph().output();
    double[] all = new double[(int) rows.size(0)];
    int most = (int) Math.max(1, BATCH_ELEMENTS / Math.max(1, lastElements()));
    for (int from = 0; from < all.length; from += most) {
      int count = Math.min(most, all.length - from);
      try (Scope scope = Scope.open()) {
        double[] part = byIntervals(output, rows.narrow(0, from, count)).toDoubles();
        System.arraycopy(part, 0, all, from, count);
      }
    }
    return all;
  }

  /** The elements of the last layers, from the output back to the bent ones or the pixels. */
  private long lastElements() {
    Set<String> known = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(network.graph().output()));
    long sum = 0;
    while (!open.isEmpty()) {
      String name = open.pop();
      if (known.add(name)) {
        sum += interval(name).low().elements();
        if (!network.isBent(name) && !name.equals(network.graph().input())) {
          network.activations(network.node(name)).forEach(open::push);
        }
      }
    }
    return sum;
  }

  /** The place of the smallest value. */
  private static int least(double[] values) {
    int least = 0;
    for (int i = 1; i < values.length; i++) {
      least = values[i] < values[least] ? i : least;
    }
    return least;
  }

  private double[] together(Tensor rows, Method method) {
    String output = network.graph().output();
    return switch (method) {
      case INTERVAL -> byIntervals(output, rows).toDoubles();
      case CROWN_IBP, CROWN ->
          byIntervals(output, rows).maximum(least(output, rows, relaxations)).toDoubles();
      case ALPHA_CROWN -> optimized(output, rows);
    };
  }

  /** The last affine layers by substitution, what is before them by intervals. */
  private Tensor byIntervals(String layer, Tensor rows) {
    Substitution.Affine affine =
        new Substitution(network, outputs, Map.of(), rows.size(0), Gradients.Recording.KEEP)
            .before(layer, rows);
    Tensor sum = affine.constant();
    for (Map.Entry<String, Tensor> term : affine.coefficients().entrySet()) {
      boolean pixels = term.getKey().equals(network.graph().input());
      sum =
          sum.add(
              pixels
                  ? region.least(term.getValue())
                  : interval(term.getKey()).least(term.getValue()));
    }
    return sum;
  }

  /** Ascends the bounds by the slopes of the lower lines, each function with its own. */
  private double[] optimized(String layer, Tensor rows) {
    double[] best = byIntervals(layer, rows).maximum(least(layer, rows, relaxations)).toDoubles();
    Map<String, Lines> turnable = new LinkedHashMap<>();
    relaxations.forEach(
        (name, relaxation) -> {
          if (relaxation instanceof Lines lines) {
            turnable.put(name, lines);
          }
        });
    if (turnable.isEmpty()) {
      return best;
    }
    Optimizer adam = new Adam();
    List<Tensor> first = new ArrayList<>();
    for (Lines lines : turnable.values()) {
      first.add(lines.share().expand(Rows.sizes(lines.share(), rows.size(0))).contiguous());
    }
    Optimizer.State state = adam.start(first);
    for (int step = 0; step < STEPS; step++) {
      try (Scope scope = Scope.open()) {
        List<Tensor> leaves = state.values().stream().map(each -> each.clamp(0, 1).leaf()).toList();
        Map<String, Relaxation> turned = new HashMap<>(relaxations);
        int next = 0;
        for (Map.Entry<String, Lines> entry : turnable.entrySet()) {
          turned.put(entry.getKey(), entry.getValue().turned(leaves.get(next++)));
        }
        Substitution substitution =
            new Substitution(network, outputs, turned, rows.size(0), Gradients.Recording.CREATE);
        Tensor bounds = ofPixels(substitution.lower(layer, rows));
        double[] found = bounds.toDoubles();
        for (int i = 0; i < best.length; i++) {
          best[i] = Math.max(best[i], found[i]);
        }
        List<Tensor> gradients = Gradients.of(bounds.neg(), leaves, Gradients.Recording.FREE);
        state =
            state.replaced(
                scope,
                adam.step(
                    new Optimizer.State(
                        leaves.stream().map(Tensor::detach).toList(),
                        state.memory(),
                        state.steps()),
                    gradients,
                    RATE));
      }
    }
    return best;
  }
}
