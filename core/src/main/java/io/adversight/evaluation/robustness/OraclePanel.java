package io.adversight.evaluation.robustness;

import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks that had no part in an attack; their majority says what an image shows.
 *
 * @param networks at least one
 */
public record OraclePanel(List<Classifier> networks) {
  /** The class of an image on which no majority agrees. */
  public static final int UNDECIDED = -1;

  public OraclePanel {
    networks = List.copyOf(networks);
  }

  /** For each image, the prediction of each network. */
  public List<List<Prediction>> predict(Tensor images) {
    List<List<Prediction>> byNetwork =
        networks.stream().map(network -> network.predict(images)).toList();
    List<List<Prediction>> byImage = new ArrayList<>();
    for (int i = 0; i < images.size(0); i++) {
      int image = i;
      byImage.add(byNetwork.stream().map(predictions -> predictions.get(image)).toList());
    }
    return byImage;
  }

  /** For each image, how many networks predict its class. */
  public int[] votes(Tensor images, List<Integer> classes) {
    int[] votes = new int[classes.size()];
    for (Classifier network : networks) {
      long[] predicted = network.logits(images).argmax(1).toLongs();
      for (int i = 0; i < votes.length; i++) {
        votes[i] += predicted[i] == classes.get(i) ? 1 : 0;
      }
    }
    return votes;
  }

  /** Whether so many votes are more than half of all. */
  public boolean isMajority(int votes) {
    return 2 * votes > networks.size();
  }

  /** For each image, the class that the majority predicts, or {@link #UNDECIDED}. */
  public List<Integer> seen(Tensor images) {
    return predict(images).stream().map(OraclePanel::majority).toList();
  }

  /** The class that more than half of some predictions have on top, or {@link #UNDECIDED}. */
  static int majority(List<Prediction> predictions) {
    for (Prediction one : predictions) {
      long votes = predictions.stream().filter(other -> other.top() == one.top()).count();
      if (2 * votes > predictions.size()) {
        return one.top();
      }
    }
    return UNDECIDED;
  }
}
