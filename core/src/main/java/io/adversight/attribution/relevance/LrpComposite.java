package io.adversight.attribution.relevance;

import io.adversight.graph.backward.LrpRule;

/** Which layer follows which rule of layer-wise relevance propagation. */
public enum LrpComposite {
  /** Epsilon everywhere. */
  EPSILON(First.NONE) {
    @Override
    LrpRule rule(boolean dense, double epsilon, double gamma) {
      return new LrpRule.Epsilon(epsilon);
    }
  },
  /** Gamma everywhere. */
  GAMMA(First.NONE) {
    @Override
    LrpRule rule(boolean dense, double epsilon, double gamma) {
      return new LrpRule.Gamma(gamma);
    }
  },
  /** Alpha 1, beta 0 everywhere. */
  ALPHA1_BETA0(First.NONE) {
    @Override
    LrpRule rule(boolean dense, double epsilon, double gamma) {
      return new LrpRule.AlphaBeta(1, 0, true);
    }
  },
  /** Alpha 2, beta 1 everywhere. */
  ALPHA2_BETA1(First.NONE) {
    @Override
    LrpRule rule(boolean dense, double epsilon, double gamma) {
      return new LrpRule.AlphaBeta(2, 1, true);
    }
  },
  /** z+ everywhere. */
  Z_PLUS(First.NONE) {
    @Override
    LrpRule rule(boolean dense, double epsilon, double gamma) {
      return LrpRule.AlphaBeta.zPlus();
    }
  },
  /** Epsilon for dense layers, z+ for convolutions. */
  EPSILON_PLUS(First.NONE) {
    @Override
    LrpRule rule(boolean dense, double epsilon, double gamma) {
      return dense ? new LrpRule.Epsilon(epsilon) : LrpRule.AlphaBeta.zPlus();
    }
  },
  /** As EPSILON_PLUS, with relevance spread evenly by the first layer (Lapuschkin et al. 2019). */
  EPSILON_PLUS_FLAT(First.FLAT) {
    @Override
    LrpRule rule(boolean dense, double epsilon, double gamma) {
      return EPSILON_PLUS.rule(dense, epsilon, gamma);
    }
  },
  /** Epsilon for dense layers, alpha 2 and beta 1 for convolutions, evenly by the first layer. */
  EPSILON_ALPHA2_BETA1_FLAT(First.FLAT) {
    @Override
    LrpRule rule(boolean dense, double epsilon, double gamma) {
      return dense ? new LrpRule.Epsilon(epsilon) : new LrpRule.AlphaBeta(2, 1, true);
    }
  },
  /**
   * Epsilon for dense layers, gamma for convolutions, the box rule of bounded pixels for the first
   * layer (Montavon et al. 2019, section 10.3).
   */
  EPSILON_GAMMA_BOX(First.BOX) {
    @Override
    LrpRule rule(boolean dense, double epsilon, double gamma) {
      return dense ? new LrpRule.Epsilon(epsilon) : new LrpRule.Gamma(gamma);
    }
  };

  /** What the first layer does. */
  enum First {
    /** The same as the others. */
    NONE,
    /** Every input of an output gets the same. */
    FLAT,
    /** The rule z^B of inputs between two bounds. */
    BOX
  }

  private final First first;

  LrpComposite(First first) {
    this.first = first;
  }

  First first() {
    return first;
  }

  /** The rule of a dense layer or of a convolution. */
  abstract LrpRule rule(boolean dense, double epsilon, double gamma);
}
