package io.adversight.training;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.adversight.describe.Check;

/** The learning rate over a training. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Schedule {
  /**
   * The rate at a moment.
   *
   * @param progress the share of the training that is done, in [0, 1]
   */
  double rate(double progress);

  /**
   * Up from {@code peak / 25} to the peak and down to {@code peak / 10000}, along halves of cosines
   * (after Smith and Topin 2019, section 3).
   *
   * @param peak the largest rate
   * @param warmUp the share of the training in which it rises
   */
  record OneCycle(double peak, double warmUp) implements Schedule {
    private static final double FIRST = 1.0 / 25;
    private static final double LAST = 1e-4;

    public OneCycle {
      Check.positive(peak, "peak");
      Check.within(0.0, 0.99, warmUp, "warmUp");
    }

    @Override
    public double rate(double progress) {
      return progress < warmUp
          ? peak * between(FIRST, 1, progress / warmUp)
          : peak * between(1, LAST, (progress - warmUp) / (1 - warmUp));
    }

    private static double between(double from, double to, double share) {
      return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }
  }

  /**
   * The same rate all the time.
   *
   * @param peak that rate
   */
  record Constant(double peak) implements Schedule {
    public Constant {
      Check.positive(peak, "peak");
    }

    @Override
    public double rate(double progress) {
      return peak;
    }
  }

  /**
   * From the peak down to 0 along half a cosine (Loshchilov and Hutter 2017, equation 5, without
   * restarts).
   *
   * @param peak the first rate
   */
  record Cosine(double peak) implements Schedule {
    public Cosine {
      Check.positive(peak, "peak");
    }

    @Override
    public double rate(double progress) {
      return peak * (1 + Math.cos(Math.PI * progress)) / 2;
    }
  }

  /**
   * The same factor each step, from the peak down to a share of it.
   *
   * @param peak the first rate
   * @param last the share of the peak that is left at the end, in (0, 1]
   */
  record Exponential(double peak, double last) implements Schedule {
    public Exponential {
      Check.positive(peak, "peak");
      Check.within(1e-9, 1.0, last, "last");
    }

    @Override
    public double rate(double progress) {
      return peak * Math.pow(last, progress);
    }
  }
}
