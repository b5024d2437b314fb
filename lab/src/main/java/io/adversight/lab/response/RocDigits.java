package io.adversight.lab.response;

import io.adversight.data.DataSet;
import io.adversight.data.DrawnDigitSet;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.metric.numeric.RocCurve;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * Drawn digits by which the question "is it a c" is asked of a network.
 *
 * @param positive the class c
 * @param positives images of it
 * @param negatives images of the other digits
 * @param digits what those show
 */
record RocDigits(
    int positive, List<Raster> positives, List<Raster> negatives, List<Integer> digits) {
  private static final int CLASSES = 10;
  private static final int SIDE = 28;

  /** Drawn by hands other than those of the images that the lab offers. */
  private static final long FIRST_HAND = 500;

  private static final int POSITIVE_HANDS = 45;
  private static final int NEGATIVE_HANDS = 5;

  /** A point of a curve. */
  record Corner(double falsePositiveRate, double truePositiveRate) {}

  /**
   * How a network answers.
   *
   * @param truePositiveRate share of positives of which it predicts the class
   * @param falsePositiveRate the same share of negatives
   * @param area under the ROC curve of the class's probability
   * @param curve that curve
   */
  record Rates(
      double truePositiveRate, double falsePositiveRate, double area, List<Corner> curve) {}

  /**
   * Digits for the class that a request's image is taken for.
   *
   * @throws InputException if the network is not one of such digits
   */
  static RocDigits of(PanelRequest request) {
    GraphClassifier network = request.classifier();
    Input input = network.card().input();
    if (network.card().classes() != CLASSES
        || input.channels() != 1
        || input.height() != SIDE
        || input.width() != SIDE) {
      throw new InputException(
          "Type I attacks move digits of 28 x 28 grey pixels, but \"%s\" takes other images; choose a"
                  .formatted(network.card().name())
              + " network such as digits");
    }
    DataSet set = new DrawnDigitSet(FIRST_HAND, POSITIVE_HANDS, SIDE);
    List<Raster> positives = new ArrayList<>();
    List<Raster> negatives = new ArrayList<>();
    List<Integer> digits = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      if (set.label(i) == request.label()) {
        positives.add(PanelRequests.fitted(set.image(i), network));
      } else if (i < CLASSES * NEGATIVE_HANDS) {
        negatives.add(PanelRequests.fitted(set.image(i), network));
        digits.add(set.label(i));
      }
    }
    return new RocDigits(request.label(), positives, negatives, digits);
  }

  /** The rates for what a network predicts of positives and negatives. */
  Rates rates(List<Prediction> ofPositives, List<Prediction> ofNegatives) {
    RocCurve curve = RocCurve.of(scores(ofPositives), scores(ofNegatives));
    return new Rates(
        share(ofPositives),
        share(ofNegatives),
        curve.auc(),
        curve.drawn().stream()
            .map(point -> new Corner(point.falsePositiveRate(), point.truePositiveRate()))
            .toList());
  }

  private double[] scores(List<Prediction> predictions) {
    return predictions.stream().mapToDouble(one -> one.logOdds(positive)).toArray();
  }

  private double share(List<Prediction> predictions) {
    return (double) predictions.stream().filter(one -> one.top() == positive).count()
        / predictions.size();
  }
}
