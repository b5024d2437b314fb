package io.adversight.attack.gradient;

import java.util.Locale;
import java.util.Optional;

/** The length of the steps of attacks that start at a random point of the ball. */
final class StepLength {
  /** Steps cross the ball, 2 epsilon wide, with room to spare. */
  private static final double AUTOMATIC = 2.5;

  private StepLength() {}

  /** A step as a fraction of epsilon: {@code relative}, or 2.5 / steps if that is 0. */
  static double of(double relative, int steps) {
    return relative == 0 ? AUTOMATIC / steps : relative;
  }

  /** What to say of steps that together cannot cross the ball; nothing if they can. */
  static Optional<String> caution(double relative, int steps) {
    double way = of(relative, steps) * steps;
    return way >= 2 - 1e-9
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d steps of %.3g epsilon lead %.2g epsilon far and cannot cross the ball, which is"
                    + " 2 epsilon wide; without relative-step a step is 2.5 epsilon / steps",
                steps,
                relative,
                way));
  }
}
