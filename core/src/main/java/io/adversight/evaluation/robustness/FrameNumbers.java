package io.adversight.evaluation.robustness;

import io.adversight.image.Raster;
import io.adversight.metric.similarity.MapSimilarity;
import java.util.ArrayList;
import java.util.List;

/**
 * What attacked network, oracles and explanation say of one frame of a transition.
 *
 * @param step how many steps were made
 * @param predicted by the attacked network
 * @param seen the class that most oracles predict, or {@link OraclePanel#UNDECIDED}
 * @param votes oracles that predict the target
 * @param labelProbability that the attacked network gives the label
 * @param targetProbability that the attacked network gives the target
 * @param oracleLabel mean probability that the oracles give the label
 * @param oracleTarget mean probability that the oracles give the target
 * @param realness probability, by the discriminator, that the encoder makes such a code
 * @param pixelDistance L2 distance of the image from the original
 * @param latentDistance L2 distance of the code from the original's
 * @param mapToPrevious similarity of the explanation to that of the frame before; NaN for the first
 * @param mapToStart similarity of the explanation to that of the first frame
 * @param mapToEnd similarity of the explanation to that of the last frame
 */
public record FrameNumbers(
    int step,
    int predicted,
    int seen,
    int votes,
    double labelProbability,
    double targetProbability,
    double oracleLabel,
    double oracleTarget,
    double realness,
    double pixelDistance,
    double latentDistance,
    double mapToPrevious,
    double mapToStart,
    double mapToEnd) {
  /** The numbers of all frames of one image. */
  public static List<FrameNumbers> of(
      List<TransitionFrame> frames, int label, int target, MapSimilarity similarity) {
    List<FrameNumbers> numbers = new ArrayList<>();
    Raster start = frames.get(0).map();
    Raster end = frames.get(frames.size() - 1).map();
    for (int i = 0; i < frames.size(); i++) {
      TransitionFrame frame = frames.get(i);
      numbers.add(
          new FrameNumbers(
              frame.step(),
              frame.prediction().top(),
              frame.seen(),
              frame.votes(target),
              frame.prediction().probability(label),
              frame.prediction().probability(target),
              frame.oracle(label),
              frame.oracle(target),
              frame.realness(),
              frame.pixelDistance(),
              frame.latentDistance(),
              i == 0 ? Double.NaN : similarity.similarity(frames.get(i - 1).map(), frame.map()),
              similarity.similarity(start, frame.map()),
              similarity.similarity(end, frame.map())));
    }
    return numbers;
  }
}
