package io.adversight.saliency;

import io.adversight.image.Plane;

/**
 * The Markov chains of graph-based visual saliency on the fully connected grid of a map.
 *
 * <p>Both chains are reversible, so that their equilibrium needs no iteration: with symmetric
 * weights w the stationary probability of a node is its share of the total weight, sum_j w_ij /
 * sum_ij w_ij. The dissimilarity and the distance are symmetric as they stand. The concentrating
 * chain w_ij = A_j F_ij becomes so, without changing its row-normalised probabilities, when row i
 * is multiplied by A_i.
 */
final class SaliencyGraph {
  private SaliencyGraph() {}

  /**
   * Activation: equilibrium for w_ij = |log(M_i / M_j)| exp(-d_ij^2 / (2 sigma^2)), which gathers
   * where a map differs from its surroundings (Harel et al. 2006, section 3.1).
   *
   * @param map positive values
   * @return probabilities of sum 1; zeros for a constant map, which activates nothing
   */
  static Plane activation(Plane map, double sigma) {
    int height = map.height();
    int width = map.width();
    double[] logs = map.map(Math::log).toArray();
    double[] near = nearness(Math.max(height, width), sigma);
    double[] strength = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      int iy = i / width;
      int ix = i % width;
      for (int y = 0; y < height; y++) {
        double rowNearness = near[Math.abs(y - iy)];
        double sum = 0;
        for (int x = 0; x < width; x++) {
          sum += Math.abs(logs[i] - logs[y * width + x]) * near[Math.abs(x - ix)];
        }
        strength[i] += rowNearness * sum;
      }
    }
    return distribution(height, width, strength);
  }

  /**
   * Normalisation: equilibrium for w_ij = A_j exp(-d_ij^2 / (2 sigma^2)), which concentrates mass
   * where there already is much (section 3.2).
   */
  static Plane concentrated(Plane activation, double sigma) {
    int height = activation.height();
    int width = activation.width();
    double[] near = nearness(Math.max(height, width), sigma);
    Plane rows =
        Plane.generate(
            height,
            width,
            (y, x) -> {
              double sum = 0;
              for (int k = 0; k < width; k++) {
                sum += near[Math.abs(k - x)] * activation.at(y, k);
              }
              return sum;
            });
    double[] strength = new double[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int k = 0; k < height; k++) {
          sum += near[Math.abs(k - y)] * rows.at(k, x);
        }
        strength[y * width + x] = activation.at(y, x) * sum;
      }
    }
    return distribution(height, width, strength);
  }

  /** exp(-d^2 / (2 sigma^2)) for whole distances below {@code size}. */
  private static double[] nearness(int size, double sigma) {
    double[] near = new double[size];
    for (int d = 0; d < size; d++) {
      near[d] = Math.exp(-d * d / (2 * sigma * sigma));
    }
    return near;
  }

  private static Plane distribution(int height, int width, double[] strength) {
    double sum = 0;
    for (double value : strength) {
      sum += value;
    }
    double total = sum;
    return Plane.of(height, width, strength).map(value -> total == 0 ? 0 : value / total);
  }
}
