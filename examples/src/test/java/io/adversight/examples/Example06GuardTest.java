package io.adversight.examples;

import io.adversight.junit.MapStays;
import io.adversight.junit.RobustAccuracy;

/**
 * Guards a model in a build.
 *
 * <p>You will see three tests in the report, each named by what it guards: {@code digits keeps a
 * robust accuracy of 40.0 % under pgd at 8/255 (LINF)}. One that fails says the measured number and
 * its confidence interval.
 */
class Example06GuardTest {
  @RobustAccuracy(
      model = "digits",
      data = "drawn-digits",
      attack = "pgd",
      epsilon = "8/255",
      atLeast = 0.4)
  void staysRobust() {}

  @RobustAccuracy(
      model = "digits",
      data = "drawn-digits",
      attack = "fgsm",
      epsilon = "0.1",
      atLeast = 0.6)
  void fallsToNoSingleStep(io.adversight.attack.RobustAccuracy measured) {
    System.out.println("robust accuracy under FGSM: " + measured.ofAll().value());
  }

  @MapStays(
      model = "digits",
      image = "src/test/images/three.png",
      label = "3",
      golden = "src/test/maps/three.npy",
      atLeast = 0.9)
  void stillLooksAtTheDigit() {}
}
