package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.Selection;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A problem whose network is seen through an oracle only; the task of a black-box attack. */
public final class BlackBoxProblem {
  private final Oracle oracle;
  private final Tensor pixels;
  private final List<Integer> labels;
  private final Goal goal;
  private final Bounds bounds;
  private final Optional<Tensor> mask;
  private final Optional<Tensor> starts;

  private BlackBoxProblem(
      Oracle oracle,
      Tensor pixels,
      List<Integer> labels,
      Goal goal,
      Bounds bounds,
      Optional<Tensor> mask,
      Optional<Tensor> starts) {
    this.oracle = oracle;
    this.pixels = pixels;
    this.labels = labels;
    this.goal = goal;
    this.bounds = bounds;
    this.mask = mask;
    this.starts = starts;
  }

  /** A problem seen through an oracle that answers at most {@code queries} times for each image. */
  public static BlackBoxProblem of(Problem problem, Oracle.Answer answer, int queries, Run run) {
    return new BlackBoxProblem(
        Oracle.of(problem.classifier(), answer, queries, run),
        problem.pixels(),
        problem.labels(),
        problem.goal(),
        problem.bounds(),
        problem.mask(),
        Optional.empty());
  }

  /** This problem with images that reach the goal, from which an attack can come nearer. */
  public BlackBoxProblem startingFrom(Tensor images) {
    return new BlackBoxProblem(oracle, pixels, labels, goal, bounds, mask, Optional.of(images));
  }

  /** The part of this problem that belongs to the given images. */
  public BlackBoxProblem select(int... images) {
    return new BlackBoxProblem(
        oracle.select(images),
        pixels.rows(images),
        Selection.of(labels, images),
        goal.select(images),
        bounds,
        mask.map(tensor -> tensor.rows(images)),
        starts.map(tensor -> tensor.rows(images)));
  }

  /** The network's answers. */
  public Oracle oracle() {
    return oracle;
  }

  /** The original images, (N, C, H, W). */
  public Tensor pixels() {
    return pixels;
  }

  /** The class of each image. */
  public List<Integer> labels() {
    return labels;
  }

  /** What is wanted. */
  public Goal goal() {
    return goal;
  }

  /** The values pixels may have. */
  public Bounds bounds() {
    return bounds;
  }

  /**
   * The nearest images, k for each image in turn, that the bounds and the part that may change
   * allow.
   */
  public Tensor clip(Tensor images) {
    Tensor inside = bounds.clip(images);
    if (mask.isEmpty()) {
      return inside;
    }
    int each = (int) images.size(0) / size();
    int[] rows = IntStream.range(0, size() * each).map(row -> row / each).toArray();
    Tensor originals = pixels.rows(rows);
    return originals.add(inside.sub(originals).mul(mask.get().rows(rows)));
  }

  /** The part of the image that may change, where not all of it may. */
  Optional<Tensor> mask() {
    return mask;
  }

  /** Images that reach the goal, if some are known. */
  public Optional<Tensor> starts() {
    return starts;
  }

  /** The number of images. */
  public int size() {
    return labels.size();
  }

  /** Asks for images, k for each image in turn, whether they reach the goal. */
  public boolean[] ask(Tensor images) {
    int[] classes = oracle.labels(images);
    int each = classes.length / Math.max(1, size());
    boolean[] reached = new boolean[classes.length];
    for (int i = 0; i < reached.length; i++) {
      reached[i] = goal.reached(i / each, labels.get(i / each), classes[i]);
    }
    return reached;
  }

  /**
   * The remaining loss until success of k candidates for each image.
   *
   * @throws UnsupportedOperationException if the oracle tells labels only
   */
  QueryResult query(Tensor images, Score score) {
    try (Scope scope = Scope.open()) {
      Tensor logits = oracle.logits(images);
      int rows = (int) logits.size(0);
      int each = rows / Math.max(1, size());
      int count = (int) logits.size(1);
      double[] z = logits.toDoubles();
      long[] classes = logits.argmax(1).toLongs();
      List<Double> losses = new ArrayList<>();
      List<Boolean> reached = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        int image = i / each;
        Optional<Integer> target =
            goal instanceof Goal.MisclassifyAs as
                ? Optional.of(as.targets().get(image))
                : Optional.empty();
        int own = target.orElse(labels.get(image));
        double height = score.of(Arrays.copyOfRange(z, i * count, (i + 1) * count), own);
        losses.add(target.isPresent() ? -height : height);
        reached.add(goal.reached(image, labels.get(image), (int) classes[i]));
      }
      return new QueryResult(losses, reached);
    }
  }

  /**
   * What was found of some images.
   *
   * @param losses the remaining loss until success of each
   * @param reached whether it succeeds
   */
  record QueryResult(List<Double> losses, List<Boolean> reached) {
    QueryResult {
      losses = List.copyOf(losses);
      reached = List.copyOf(reached);
    }
  }

  /** How logits become one number. */
  enum Score {
    /** The margin between the class and the highest other. */
    MARGIN {
      @Override
      double of(double[] logits, int own) {
        double other = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logits.length; k++) {
          other = k == own ? other : Math.max(other, logits[k]);
        }
        return logits[own] - other;
      }
    },
    /** The logarithm of the class's probability, exact where the softmax is saturated. */
    LOG_PROBABILITY {
      @Override
      double of(double[] logits, int own) {
        double others = 0;
        for (int k = 0; k < logits.length; k++) {
          others += k == own ? 0 : Math.exp(logits[k] - logits[own]);
        }
        return -Math.log1p(others);
      }
    };

    abstract double of(double[] logits, int own);
  }
}
