package io.adversight.evaluation.certificate;

import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.math.BigDecimal;

/**
 * The question whether an LINF ball holds an adversarial image, in VNN-LIB: the language in which
 * complete verifiers are asked about an ONNX file. A verifier answers {@code unsat} if there is
 * none, and else gives one. X are the values that the network takes, after preprocessing; Y its
 * logits.
 */
public final class VnnLib {
  private VnnLib() {}

  /**
   * The question for one image, to be asked about the classifier's own graph.
   *
   * @param pixels (1, C, H, W) in [0, 1]; the images of the ball stay in that range
   * @param label the class that all images of the ball should get
   * @param epsilon of the ball, in units of pixels in [0, 1]
   * @throws InputException if the network is hidden behind a defence
   */
  public static String robustness(Classifier classifier, Tensor pixels, int label, double epsilon) {
    GraphClassifier network = Certificate.network(classifier);
    try (Scope scope = Scope.open()) {
      Tensor a = network.preprocess(pixels.asDouble().sub(epsilon).clamp(0, 1));
      Tensor b = network.preprocess(pixels.asDouble().add(epsilon).clamp(0, 1));
      double[] low = a.minimum(b).reshape(-1).toDoubles();
      double[] high = a.maximum(b).reshape(-1).toDoubles();
      int classes = network.card().classes();
      StringBuilder text = new StringBuilder();
      text.append(
          "; Is there an image within %s in LINF that is not of class %s?\n"
              .formatted(epsilon, label));
      for (int i = 0; i < low.length; i++) {
        text.append("(declare-const X_").append(i).append(" Real)\n");
      }
      for (int i = 0; i < classes; i++) {
        text.append("(declare-const Y_").append(i).append(" Real)\n");
      }
      for (int i = 0; i < low.length; i++) {
        bound(text, ">=", i, low[i]);
        bound(text, "<=", i, high[i]);
      }
      text.append("(assert (or\n");
      for (int other = 0; other < classes; other++) {
        if (other != label) {
          text.append("  (and (>= Y_").append(other).append(" Y_").append(label).append("))\n");
        }
      }
      return text.append("))\n").toString();
    }
  }

  private static void bound(StringBuilder text, String relation, int element, double value) {
    text.append("(assert (").append(relation).append(" X_").append(element).append(' ');
    text.append(new BigDecimal(value).toPlainString()).append("))\n");
  }
}
