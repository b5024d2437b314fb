package io.adversight.junit;

/** Runs the tests of {@link RobustAccuracy}. */
final class RobustAccuracyExtension extends Guards<RobustAccuracy> {
  RobustAccuracyExtension() {
    super(RobustAccuracy.class, RobustAccuracyCheck::name, RobustAccuracyCheck::new);
  }
}
