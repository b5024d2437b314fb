package io.adversight.metric.similarity;

/** How a block of histograms is normalised; eps = 1e-5 keeps empty blocks at zero. */
public enum BlockNorm {
  /** v / (|v|_1 + eps). */
  L1 {
    @Override
    void normalize(double[] block) {
      divide(block, l1(block) + EPSILON);
    }
  },
  /** sqrt(v / (|v|_1 + eps)). */
  L1_SQRT {
    @Override
    void normalize(double[] block) {
      divide(block, l1(block) + EPSILON);
      for (int i = 0; i < block.length; i++) {
        block[i] = Math.sqrt(block[i]);
      }
    }
  },
  /** v / sqrt(|v|_2^2 + eps^2). */
  L2 {
    @Override
    void normalize(double[] block) {
      divide(block, l2(block));
    }
  },
  /** L2, then values clipped to 0.2, then L2 again. */
  L2_HYS {
    @Override
    void normalize(double[] block) {
      divide(block, l2(block));
      for (int i = 0; i < block.length; i++) {
        block[i] = Math.min(block[i], 0.2);
      }
      divide(block, l2(block));
    }
  };

  private static final double EPSILON = 1e-5;

  /** Normalises a block of non-negative values in place. */
  abstract void normalize(double[] block);

  private static double l1(double[] block) {
    double sum = 0;
    for (double value : block) {
      sum += value;
    }
    return sum;
  }

  private static double l2(double[] block) {
    double sum = 0;
    for (double value : block) {
      sum += value * value;
    }
    return Math.sqrt(sum + EPSILON * EPSILON);
  }

  private static void divide(double[] block, double divisor) {
    for (int i = 0; i < block.length; i++) {
      block[i] /= divisor;
    }
  }
}
