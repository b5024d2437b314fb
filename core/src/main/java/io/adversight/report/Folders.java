package io.adversight.report;

import io.adversight.study.Attacked;
import io.adversight.study.Explained;
import java.math.BigDecimal;
import java.math.MathContext;

/** The names of the folders in which results lie, below the folder of their picture. */
final class Folders {
  private Folders() {}

  static String explanation(Explained explained) {
    return explained.method().id();
  }

  /** {@code pgd}, or {@code pgd/epsilon-0.0156863} for one of several epsilons. */
  static String attack(Attacked attacked) {
    return attacked.attack().id();
  }

  /** An epsilon with at most six digits, without an exponent. */
  static String epsilon(double epsilon) {
    return "epsilon-"
        + new BigDecimal(epsilon)
            .round(new MathContext(6))
            .stripTrailingZeros()
            .toPlainString();
  }
}
