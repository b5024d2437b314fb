package io.adversight.attack.gradient;

/** How the step length changes from the first step to the last, as a factor of the first. */
public enum StepSchedule {
  /** Every step has the same length. */
  CONSTANT {
    @Override
    double factor(double done) {
      return 1;
    }
  },
  /** Falling on a line towards zero after the last step. */
  LINEAR {
    @Override
    double factor(double done) {
      return 1 - done;
    }
  },
  /** Falling as half a cosine wave towards zero after the last step. */
  COSINE {
    @Override
    double factor(double done) {
      return (1 + Math.cos(Math.PI * done)) / 2;
    }
  };

  /** The factor when a fraction {@code done} of all steps, in [0, 1), lies behind. */
  abstract double factor(double done);
}
