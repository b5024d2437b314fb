package io.adversight.attack.gradient;

import java.util.ArrayList;
import java.util.List;

/** When APGD decides about its step length (Croce and Hein 2020, section 3). */
final class ApgdCheckpoints {
  private ApgdCheckpoints() {}

  /** w_j = ceil(p_j n), p_1 = 0.22, p_{j+1} = p_j + max(p_j - p_{j-1} - 0.03, 0.06). */
  static List<Integer> of(int steps) {
    List<Integer> checkpoints = new ArrayList<>();
    double previous = 0;
    double p = 0.22;
    while (p <= 1 + 1e-9) {
      int checkpoint = (int) Math.ceil(p * steps - 1e-9);
      int last = checkpoints.isEmpty() ? 0 : checkpoints.get(checkpoints.size() - 1);
      if (checkpoint > last) {
        checkpoints.add(checkpoint);
      }
      double next = p + Math.max(p - previous - 0.03, 0.06);
      previous = p;
      p = next;
    }
    return checkpoints;
  }
}
