package io.adversight.attribution;

import io.adversight.graph.BackwardRules;
import io.adversight.model.Activations;
import io.adversight.model.Classifier;
import io.adversight.model.Input;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.FrameListener;
import io.adversight.run.Progress;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many changed versions of a batch of N images, evaluated some at a time: memory does not grow with
 * their number. Stops when its run is cancelled, and counts its passes there.
 *
 * @param classifier the network
 * @param objective for the N images
 * @param images N
 * @param run of the N images
 */
public record Variants(Classifier classifier, Objective objective, int images, Run run) {
  /** Images in one pass that keeps no layers. */
  public static final int IMAGES_FORWARD = 32;

  /** Images in one pass that is followed back, at most. */
  private static final int IMAGES_BACKWARD = 16;

  /**
   * Pixels in one pass that is followed back: four images of 224 x 224. Every layer's output is
   * kept until the way back, some 80 MB per such image in MobileNetV2.
   */
  private static final int PIXELS_BACKWARD = 4 * 224 * 224;

  /** Variants of the images of a trace. */
  public static Variants of(Trace trace, Objective objective, Run run) {
    return new Variants(trace.classifier(), objective, (int) trace.pixels().size(0), run);
  }

  /** Something found by following some variants back. */
  @FunctionalInterface
  public interface Term {
    /**
     * The contribution of the variants {@code first} to {@code first + count - 1} to a sum.
     *
     * @param trace of count N images: those of the first variant, then those of the second, ...
     * @param objective for these images
     * @param run of these images, silent
     */
    Tensor of(int first, int count, Trace trace, Objective objective, Run run);
  }

  /**
   * The objective's values, (count, N), without gradients.
   *
   * @param variant makes the {@code k}-th version of all images, (N, C, H, W)
   */
  public Tensor values(int count, IntFunction<Tensor> variant) {
    List<Tensor> all = new ArrayList<>();
    try (Scope whole = Scope.open();
        Gradients.Off off = Gradients.off()) {
      int step = Math.max(1, IMAGES_FORWARD / images);
      for (int first = 0; first < count; first += step) {
        run.report(first, count, "variants");
        int some = Math.min(step, count - first);
        try (Scope scope = Scope.open()) {
          Tensor values = valuesOf(batch(first, some, variant), rows(some));
          all.add(scope.keep(values.reshape(some, images)));
        }
        count(some, 1, 0);
      }
      return whole.keep(Tensor.concat(all, 0));
    }
  }

  /**
   * The objective's values for images of which the {@code j}-th shows image {@code rows[j]}, (B);
   * one pass.
   */
  public Tensor valuesOf(Tensor images, int... rows) {
    Objective selected = objective.select(rows);
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Activations activations =
          selected.readsLayers()
              ? classifier.forward(images, BackwardRules.STANDARD)
              : Activations.ofLogits(classifier.logits(images));
      return scope.keep(selected.values(activations));
    }
  }

  /**
   * The sum of {@code term} over all variants.
   *
   * @param wanted the places whose gradients the term will ask
   */
  public Tensor sum(int count, IntFunction<Tensor> variant, Collection<String> wanted, Term term) {
    int step = Math.max(1, followedBack(classifier.card().input()) / images);
    Run silent = run.with(Progress.SILENT).with(FrameListener.NONE);
    try (Scope whole = Scope.open()) {
      @Nullable Tensor sum = null;
      for (int first = 0; first < count; first += step) {
        run.report(first, count, "variants");
        int some = Math.min(step, count - first);
        int[] rows = rows(some);
        try (Scope scope = Scope.open()) {
          Trace trace = classifier.trace(batch(first, some, variant), wanted);
          Tensor found = term.of(first, some, trace, objective.select(rows), silent.select(rows));
          sum = sum == null ? scope.keep(found) : scope.replace(sum, sum.add(found));
          count(some, trace.forwards(), trace.backwards());
        }
      }
      if (sum == null) {
        throw new IllegalArgumentException("a sum over variants needs at least one");
      }
      return whole.keep(sum);
    }
  }

  /** How many images of a network go through one pass that is followed back. */
  static int followedBack(Input input) {
    int fitting = PIXELS_BACKWARD / (input.height() * input.width());
    return Math.max(1, Math.min(IMAGES_BACKWARD, fitting));
  }

  private Tensor batch(int first, int count, IntFunction<Tensor> variant) {
    List<Tensor> some = IntStream.range(first, first + count).mapToObj(variant).toList();
    return some.size() == 1 ? some.get(0) : Tensor.concat(some, 0);
  }

  private int[] rows(int count) {
    return IntStream.range(0, count * images).map(i -> i % images).toArray();
  }

  private void count(int variants, int forwards, int backwards) {
    for (int i = 0; i < variants; i++) {
      for (int f = 0; f < forwards; f++) {
        run.countForward();
      }
      for (int b = 0; b < backwards; b++) {
        run.countBackward();
      }
    }
  }

  /** Values (count N, ...) of some variants as (count, N, ...). */
  public static Tensor byVariant(Tensor values, int count) {
    long[] sizes = values.shape().toArray();
    long[] split = new long[sizes.length + 1];
    split[0] = count;
    split[1] = sizes[0] / count;
    System.arraycopy(sizes, 1, split, 2, sizes.length - 1);
    return values.reshape(split);
  }
}
