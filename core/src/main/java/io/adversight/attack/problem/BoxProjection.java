package io.adversight.attack.problem;

import io.adversight.tensor.Tensor;

/**
 * Projections inside the box of allowed pixel values, image by image, in double precision.
 *
 * <p>All follow from one monotone function of one number per image, whose root is found by sorting
 * (hyperplanes) or by bisection (L1 ball).
 */
public final class BoxProjection {
  private static final int BISECTIONS = 60;

  private BoxProjection() {}

  /**
   * The nearest image of the intersection of the L1 ball around {@code center} and the box (Croce
   * and Hein 2021, proposition 2.1): the change is shrunk by one threshold, then cut to the box.
   */
  public static Tensor ontoL1Ball(Tensor image, Tensor center, Bounds bounds, double radius) {
    Tensor change = image.asDouble().sub(center.asDouble());
    Tensor size = change.abs();
    Tensor sign = change.sign();
    Tensor room = room(center.asDouble(), sign, bounds);
    Tensor low = size.maxPerImage().fullLike(0);
    Tensor high = size.maxPerImage();
    Tensor free = size.minimum(room);
    Tensor fits = free.sumPerImage().le(radius);
    for (int i = 0; i < BISECTIONS; i++) {
      Tensor middle = low.add(high).div(2);
      Tensor larger = size.sub(middle).relu().minimum(room).sumPerImage().gt(radius);
      low = larger.choose(middle, low);
      high = larger.choose(high, middle);
    }
    Tensor shrunk = fits.choose(free, size.sub(high).relu().minimum(room));
    return center.add(shrunk.mul(sign).like(center));
  }

  /**
   * The smallest change d in a norm with {@code <w, d> = need} that keeps {@code x + d} in the box;
   * where there is none, the change that comes nearest to {@code need} (Croce and Hein 2020 (FAB),
   * section 2.1).
   *
   * @param x images, (N, C, H, W)
   * @param w normals, in the shape of {@code x}
   * @param need one number per image, (N, 1, 1, 1)
   */
  public static Tensor ontoHyperplane(Norm norm, Tensor x, Tensor w, Tensor need, Bounds bounds) {
    Tensor weights = flat(w.asDouble());
    Tensor wanted = need.asDouble().reshape(x.size(0), 1);
    Tensor sign = weights.sign().mul(wanted.sign());
    Tensor room = room(flat(x.asDouble()), sign, bounds);
    Tensor evaluation = weights.abs();
    Tensor goal = wanted.abs();
    Tensor moved =
        switch (norm) {
          case LINF -> room.minimum(level(evaluation, room, goal));
          case L2 -> {
            Tensor safe = evaluation.clamp(1e-30, Float.MAX_VALUE);
            Tensor limit = room.div(safe);
            yield room.minimum(evaluation.mul(level(evaluation.square(), limit, goal)));
          }
          case L1, L0 -> greedy(evaluation, room, goal);
        };
    return moved.mul(sign).reshape(x.shape().toArray()).like(x);
  }

  private static Tensor flat(Tensor images) {
    return images.reshape(images.size(0), -1);
  }

  /** How far each value may move in the direction of {@code sign}. */
  private static Tensor room(Tensor x, Tensor sign, Bounds bounds) {
    Tensor up = x.neg().add(bounds.high());
    Tensor down = x.sub(bounds.low());
    return sign.gt(0).choose(up, down).clamp(0, Double.MAX_VALUE);
  }

  /** The t with sum of rate min(t, limit) = goal; the largest limit if there is none. */
  private static Tensor level(Tensor rate, Tensor limit, Tensor goal) {
    Tensor.Sorted sorted = limit.sort(1, false);
    Tensor rates = rate.gather(1, sorted.indices());
    Tensor passed = rates.mul(sorted.values()).cumulativeSum(1); // of those at their limit
    Tensor before = passed.sub(rates.mul(sorted.values()));
    Tensor left = rates.sum(1).sub(rates.cumulativeSum(1)).add(rates); // not yet at their limit
    Tensor reached = before.add(left.mul(sorted.values())); // if t is this limit
    Tensor enough = reached.ge(goal).asDouble();
    Tensor none = enough.sum(1).eq(0);
    Tensor first = enough.argmax(1).reshape(goal.size(0), 1);
    Tensor open = left.gather(1, first).clamp(1e-300, Double.MAX_VALUE);
    Tensor t = goal.sub(before.gather(1, first)).div(open);
    return none.choose(sorted.values().max(1), t.clamp(0, Double.MAX_VALUE));
  }

  /** Fills the steepest values first, each as far as it goes. */
  private static Tensor greedy(Tensor evaluation, Tensor room, Tensor goal) {
    Tensor.Sorted sorted = evaluation.sort(1, true);
    Tensor rooms = room.gather(1, sorted.indices());
    Tensor gains = sorted.values().mul(rooms);
    Tensor before = gains.cumulativeSum(1).sub(gains);
    Tensor rest = goal.sub(before).relu();
    Tensor moved = rest.div(sorted.values().clamp(1e-300, Double.MAX_VALUE)).minimum(rooms);
    return moved.gather(1, sorted.indices().sort(1, false).indices());
  }
}
