package io.adversight.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Limited-memory BFGS (Nocedal 1980) inside a box, for many independent problems at once: each row
 * of a batch has its own history, its own line search and its own end.
 *
 * <p>Coordinates that lie on a border with the gradient pointing outwards are held; in the others
 * the two-loop recursion (Nocedal and Wright, Numerical Optimization, algorithm 7.4) gives a
 * direction, and the step is halved along the projected path until Armijo's rule holds (Bertsekas
 * 1982).
 *
 * @param history how many pairs of steps and gradient changes are remembered
 * @param iterations at most this many steps
 * @param halvings at most this many trials in a line search
 * @param tolerance a row ends when its projected gradient's largest element falls below
 */
public record Lbfgs(int history, int iterations, int halvings, double tolerance) {
  private static final double ARMIJO = 1e-4;
  private static final double CURVATURE = 1e-10;

  public Lbfgs {
    if (history < 1 || iterations < 1 || halvings < 1) {
      throw new IllegalArgumentException(
          "history, iterations and halvings must be at least 1, but were %s, %s, %s"
              .formatted(history, iterations, halvings));
    }
  }

  /** A history of 10, at most 20 trials in a line search. */
  public Lbfgs(int iterations) {
    this(10, iterations, 20, 1e-6);
  }

  /**
   * Values (n) and gradients (n, ...) of a function at n points.
   *
   * @param values one per point
   * @param gradients in the shape of the points
   */
  public record Evaluation(Tensor values, Tensor gradients) {}

  /** What is minimised, one number per row. */
  @FunctionalInterface
  public interface Function {
    /**
     * The function at {@code points}.
     *
     * @param rows which problems of the batch they belong to
     */
    Evaluation at(Tensor points, int... rows);
  }

  /** One remembered step: change of the point, of the gradient, and 1 / (s y) or 0, per row. */
  private record Pair(LoopVariable s, LoopVariable y, LoopVariable rho) {
    void keepRows(int... rows) {
      s.keepRows(rows);
      y.keepRows(rows);
      rho.keepRows(rows);
    }

    /** A pair that changes nothing, for rows shaped like {@code x}. */
    static Pair none(Tensor x) {
      Tensor zero = x.sumPerImage().fullLike(0);
      return new Pair(new LoopVariable(zero), new LoopVariable(zero), new LoopVariable(zero));
    }
  }

  /**
   * The points reached from {@code start}.
   *
   * @param start (N, ...)
   * @param low smallest coordinate allowed
   * @param high largest coordinate allowed
   */
  public Tensor minimize(Tensor start, double low, double high, Function function) {
    try (Scope scope = Scope.open()) {
      LoopVariable result =
          new LoopVariable(start.maximum(start.fullLike(low)).minimum(start.fullLike(high)));
      int[] rows = IntStream.range(0, (int) start.size(0)).toArray();
      LoopVariable x = new LoopVariable(result.value());
      Evaluation first = function.at(x.value(), rows);
      LoopVariable gradient = new LoopVariable(first.gradients());
      double[] value = first.values().toDoubles();
      Deque<Pair> pairs = new ArrayDeque<>();
      for (int i = 0; i < history; i++) {
        pairs.add(Pair.none(x.value()));
      }
      for (int i = 0; i < iterations && rows.length > 0; i++) {
        boolean[] ended = new boolean[rows.length];
        try (Scope step = Scope.open()) {
          Tensor held = held(x.value(), gradient.value(), low, high);
          Tensor free = held.choose(gradient.value().fullLike(0), gradient.value());
          double[] size = flat(free).linfPerImage().toDoubles();
          Tensor direction = direction(free, held, pairs);
          Line line = new Line(rows, x.value(), gradient.value(), value);
          line.search(direction, size, low, high, function);
          remember(
              pairs,
              line.point.value().sub(x.value()),
              line.gradient.value().sub(gradient.value()));
          for (int r = 0; r < rows.length; r++) {
            ended[r] = size[r] <= tolerance || !line.moved[r];
          }
          x.set(line.point.value());
          gradient.set(line.gradient.value());
          value = line.value;
        }
        int[] stay = IntStream.range(0, rows.length).filter(r -> !ended[r]).toArray();
        if (stay.length < rows.length) {
          try (Scope settle = Scope.open()) {
            result.set(result.value().withRows(rows, x.value()));
          }
          double[] values = value;
          value = Arrays.stream(stay).mapToDouble(r -> values[r]).toArray();
          int[] before = rows;
          rows = Arrays.stream(stay).map(r -> before[r]).toArray();
          if (rows.length > 0) {
            x.keepRows(stay);
            gradient.keepRows(stay);
            pairs.forEach(pair -> pair.keepRows(stay));
          }
        }
      }
      Tensor reached =
          rows.length == 0 ? result.value().alias() : result.value().withRows(rows, x.value());
      return scope.keep(reached);
    }
  }

  private static Tensor held(Tensor x, Tensor gradient, double low, double high) {
    return x.le(low).and(gradient.gt(0)).or(x.ge(high).and(gradient.lt(0)));
  }

  private static Tensor flat(Tensor x) {
    return x.reshape(x.size(0), -1);
  }

  private static Tensor dot(Tensor a, Tensor b) {
    return a.mul(b).sumPerImage();
  }

  /** The descent direction of each row by the two-loop recursion on its free coordinates. */
  private static Tensor direction(Tensor gradient, Tensor held, Deque<Pair> pairs) {
    Tensor q = gradient;
    List<Tensor> alphas = new ArrayList<>();
    for (Pair pair : pairs) { // newest first
      Tensor alpha = pair.rho().value().mul(dot(pair.s().value(), q));
      alphas.add(alpha);
      q = q.sub(pair.y().value().mul(alpha));
    }
    Tensor length = gradient.l2PerImage();
    Tensor scale = length.gt(1).choose(length, length.fullLike(1)).reciprocal();
    Pair newest = pairs.getFirst();
    Tensor ratio = newest.rho().value().mul(dot(newest.y().value(), newest.y().value()));
    scale = newest.rho().value().gt(0).choose(ratio.reciprocal(), scale); // s y / y y
    q = q.mul(scale);
    int index = alphas.size();
    for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      Tensor beta = pair.rho().value().mul(dot(pair.y().value(), q));
      q = q.add(pair.s().value().mul(alphas.get(--index).sub(beta)));
    }
    Tensor direction = held.choose(q.fullLike(0), q.neg());
    Tensor descends = dot(direction, gradient).lt(0); // otherwise fall back on the gradient
    return descends.choose(direction, gradient.neg());
  }

  private static void remember(Deque<Pair> pairs, Tensor s, Tensor y) {
    Tensor product = dot(s, y);
    Tensor curved = product.gt(dot(y, y).mul(CURVATURE));
    Tensor rho = curved.choose(product.reciprocal(), product.fullLike(0));
    Pair oldest = pairs.removeLast();
    oldest.s().set(s);
    oldest.y().set(y);
    oldest.rho().set(rho);
    pairs.addFirst(oldest);
  }

  /** The line search of all rows. */
  private final class Line {
    private final int[] rows;
    private final Tensor from;
    private final Tensor fromGradient;
    private final double[] fromValue;
    private final LoopVariable point;
    private final LoopVariable gradient;
    private final double[] value;
    private final boolean[] moved;

    Line(int[] rows, Tensor x, Tensor gradient, double[] value) {
      this.rows = rows;
      this.from = x;
      this.fromGradient = gradient;
      this.fromValue = value;
      this.point = new LoopVariable(x);
      this.gradient = new LoopVariable(gradient);
      this.value = value.clone();
      this.moved = new boolean[rows.length];
    }

    void search(Tensor direction, double[] size, double low, double high, Function function) {
      int[] open = IntStream.range(0, rows.length).filter(r -> size[r] > tolerance).toArray();
      double length = 1;
      for (int trial = 0; trial < halvings && open.length > 0; trial++, length /= 2) {
        try (Scope scope = Scope.open()) {
          Tensor start = from.rows(open);
          Tensor next =
              start
                  .add(direction.rows(open).mul(length))
                  .maximum(start.fullLike(low))
                  .minimum(start.fullLike(high));
          int[] own = Arrays.stream(open).map(r -> rows[r]).toArray();
          Evaluation there = function.at(next, own);
          double[] values = there.values().toDoubles();
          double[] promised = dot(fromGradient.rows(open), next.sub(start)).toDoubles();
          List<Integer> accepted = new ArrayList<>();
          List<Integer> refused = new ArrayList<>();
          for (int k = 0; k < open.length; k++) {
            boolean enough = values[k] < fromValue[open[k]] + ARMIJO * Math.min(promised[k], 0);
            (enough ? accepted : refused).add(k);
          }
          take(accepted, open, next, there, values);
          int[] before = open;
          open = refused.stream().mapToInt(k -> before[k]).toArray();
        }
      }
    }

    private void take(
        List<Integer> accepted, int[] open, Tensor next, Evaluation there, double[] values) {
      if (accepted.isEmpty()) {
        return;
      }
      int[] local = accepted.stream().mapToInt(k -> k).toArray();
      int[] places = accepted.stream().mapToInt(k -> open[k]).toArray();
      point.set(point.value().withRows(places, next.rows(local)));
      gradient.set(gradient.value().withRows(places, there.gradients().rows(local)));
      for (int k : local) {
        value[open[k]] = values[k];
        moved[open[k]] = true;
      }
    }
  }
}
