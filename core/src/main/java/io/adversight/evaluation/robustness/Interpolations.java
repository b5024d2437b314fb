package io.adversight.evaluation.robustness;

import io.adversight.model.Classifier;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The baseline of a Type I attack: straight ways from one image to another, on which the attacked
 * network may happen to keep the label although the oracles see the target.
 *
 * @param attacked the network whose label must stay
 * @param oracles say what an image shows
 */
record Interpolations(Classifier attacked, OraclePanel oracles) {
  private static final int SHARES = 20;

  /**
   * For each image the one at the first share, in steps of 1/20, of the way at which the attacked
   * network keeps the label and most oracles see the target; the end where there is none.
   *
   * @param from pixels or codes, (N, ...)
   * @param to as many
   * @param shown makes images, (N, C, H, W), of points of the way
   */
  Tensor best(
      Tensor from,
      Tensor to,
      UnaryOperator<Tensor> shown,
      List<Integer> labels,
      List<Integer> targets) {
    Tensor best = shown.apply(to);
    boolean[] done = new boolean[labels.size()];
    for (int share = 1; share < SHARES; share++) {
      Tensor images = shown.apply(from.towards(to, (double) share / SHARES));
      long[] predicted = attacked.logits(images).argmax(1).toLongs();
      int[] votes = oracles.votes(images, targets);
      List<Integer> rows = new ArrayList<>();
      for (int i = 0; i < done.length; i++) {
        if (!done[i] && predicted[i] == labels.get(i) && oracles.isMajority(votes[i])) {
          done[i] = true;
          rows.add(i);
        }
      }
      if (!rows.isEmpty()) {
        int[] chosen = rows.stream().mapToInt(row -> row).toArray();
        best = best.withRows(chosen, images.rows(chosen));
      }
    }
    return best;
  }
}
