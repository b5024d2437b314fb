package io.adversight.evaluation.robustness;

import io.adversight.image.Raster;
import io.adversight.model.Prediction;
import java.util.List;

/**
 * One image on its way to another class.
 *
 * @param step how many steps were made
 * @param image decoded
 * @param map explanation of the attacked network's prediction, of the image's size
 * @param prediction of the attacked network
 * @param oracles the predictions of the oracles
 * @param realness probability, by the discriminator, that the encoder makes such a code
 * @param pixelDistance L2 distance of the image from the original
 * @param latentDistance L2 distance of the code from the original's
 */
public record TransitionFrame(
    int step,
    Raster image,
    Raster map,
    Prediction prediction,
    List<Prediction> oracles,
    double realness,
    double pixelDistance,
    double latentDistance) {
  public TransitionFrame {
    oracles = List.copyOf(oracles);
  }

  /** How many oracles predict a class. */
  public int votes(int index) {
    return (int) oracles.stream().filter(oracle -> oracle.top() == index).count();
  }

  /** The class that most oracles predict, or {@link OraclePanel#UNDECIDED}. */
  public int seen() {
    return OraclePanel.majority(oracles);
  }

  /** The mean probability that the oracles give a class. */
  public double oracle(int index) {
    return oracles.stream()
        .mapToDouble(prediction -> prediction.probability(index))
        .average()
        .orElse(Double.NaN);
  }
}
