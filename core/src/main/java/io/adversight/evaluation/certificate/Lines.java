package io.adversight.evaluation.certificate;

import io.adversight.graph.operator.Activation;
import io.adversight.tensor.Tensor;

/**
 * One line below and one above each element of a rectifier (Zhang et al. 2018, tables 2 and 3).
 *
 * @param lower the line below
 * @param upper the line above
 * @param turnable where the line below may turn about the lower bend: it lies inside the interval
 * @param gentlest the smallest slope that it can have there
 * @param steepest the largest slope that it can have there
 * @param bend where the lower bend is
 */
record Lines(Line lower, Line upper, Tensor turnable, Tensor gentlest, Tensor steepest, double bend)
    implements Relaxation {
  /**
   * Lines, one per element.
   *
   * @param slope (1, ...) or (S, ...)
   * @param shift the value at 0
   */
  record Line(Tensor slope, Tensor shift) {
    /** The line of this slope through (x, y). */
    static Line through(Tensor x, Tensor y, Tensor slope) {
      return new Line(slope, y.sub(slope.mul(x)));
    }

    Tensor of(Tensor x) {
      return x.mul(slope).add(shift);
    }
  }

  @Override
  public Tensor lower(Tensor x) {
    return lower.of(x);
  }

  @Override
  public Tensor upper(Tensor x) {
    return upper.of(x);
  }

  /** These lines, the lower ones turned: 0 is the gentlest slope, 1 the steepest. */
  Lines turned(Tensor share) {
    Tensor slope = turnable.choose(gentlest.add(steepest.sub(gentlest).mul(share)), lower.slope());
    Tensor shift = turnable.choose(slope.neg().add(1).mul(bend), lower.shift());
    return new Lines(new Line(slope, shift), upper, turnable, gentlest, steepest, bend);
  }

  /** Where between the gentlest and the steepest the lower lines start: 0 or 1. */
  Tensor share() {
    Tensor span = steepest.sub(gentlest);
    return quotient(lower.slope().sub(gentlest), span).clamp(0, 1);
  }

  /**
   * The lines of a Clip; ReLU is the Clip from 0 to infinity. The function is constant up to its
   * lower bend, rises with slope 1 to its upper bend, and is constant again.
   */
  static Lines of(Activation.Clip clip, Interval x) {
    Tensor l = x.low();
    Tensor u = x.high();
    Tensor zero = l.fullLike(0);
    Tensor fl = clip.of(l);
    Tensor fu = clip.of(u);
    double min = finite(clip.min());
    double max = finite(clip.max());
    Tensor bentLow = l.lt(clip.min()).and(u.gt(clip.min()));
    Tensor bentHigh = l.lt(clip.max()).and(u.gt(clip.max()));
    Tensor rising = l.ge(clip.min()).and(u.le(clip.max()));
    Tensor straight = rising.choose(l.fullLike(1), zero);
    Tensor chord = quotient(fu.sub(fl), u.sub(l));
    // Below a convex bend: any line through it that does not rise above (u, f(u)); the one that
    // leaves the smaller area first. Below a concave part: the chord.
    Tensor steepest = quotient(fu.sub(min), u.sub(min));
    Tensor lowSlope = u.sub(min).gt(l.neg().add(min)).choose(steepest, zero);
    Line lower =
        Line.through(
            bentLow.choose(l.fullLike(min), l),
            bentLow.choose(l.fullLike(min), fl),
            bentLow.choose(lowSlope, bentHigh.choose(chord, straight)));
    // Above, the mirror image.
    Tensor highSlope =
        l.neg().add(max).gt(u.sub(max)).choose(quotient(fl.neg().add(max), l.neg().add(max)), zero);
    Line upper =
        Line.through(
            bentHigh.choose(l.fullLike(max), u),
            bentHigh.choose(l.fullLike(max), fu),
            bentHigh.choose(highSlope, bentLow.choose(chord, straight)));
    return new Lines(lower, upper, bentLow, zero, steepest, min);
  }

  /** The lines of a leaky ReLU whose slope below 0 is in [0, 1]. */
  static Lines of(Activation.LeakyRelu leaky, Interval x) {
    Tensor l = x.low();
    Tensor u = x.high();
    Tensor one = l.fullLike(1);
    Tensor gentle = l.fullLike(leaky.alpha());
    Tensor fl = leaky.of(l);
    Tensor bent = l.lt(0).and(u.gt(0));
    Tensor straight = l.ge(0).choose(one, gentle);
    Tensor nearer = u.gt(l.neg()).choose(one, gentle);
    Tensor chord = quotient(leaky.of(u).sub(fl), u.sub(l));
    return new Lines(
        new Line(bent.choose(nearer, straight), l.fullLike(0)),
        Line.through(l, fl, bent.choose(chord, straight)),
        bent,
        gentle,
        one,
        0);
  }

  /** An infinite bound has no bend; what is computed with it is not used, but must be a number. */
  private static double finite(double bound) {
    return Double.isInfinite(bound) ? 0 : bound;
  }

  private static Tensor quotient(Tensor a, Tensor b) {
    Tensor none = b.eq(0);
    return none.choose(b.fullLike(0), a.div(none.choose(b.fullLike(1), b)));
  }
}
