package io.adversight.visualization.parameterization;

import io.adversight.model.ChannelOrder;
import io.adversight.model.Classifier;
import io.adversight.model.Preprocessing;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A constant image. */
public enum ConstantImage {
  /** Pixels of 0. */
  BLACK,
  /** Pixels of 0.5. */
  GREY,
  /** What the network's preprocessing maps to 0: the mean of its training images. */
  NETWORK_ZERO;

  /** One pixel value per channel. */
  List<Double> of(Classifier classifier) {
    Preprocessing preprocessing = classifier.card().preprocessing();
    int channels = classifier.card().input().channels();
    return switch (this) {
      case BLACK -> Collections.nCopies(channels, 0.0);
      case GREY -> Collections.nCopies(channels, 0.5);
      case NETWORK_ZERO -> {
        List<Double> values = new ArrayList<>();
        preprocessing.mean().forEach(mean -> values.add(mean / preprocessing.range()));
        if (preprocessing.channels() == ChannelOrder.BGR) {
          Collections.reverse(values);
        }
        yield values;
      }
    };
  }

  /** The values as a tensor (1, C, 1, 1). */
  public Tensor tensor(Classifier classifier) {
    List<Double> values = of(classifier);
    double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Tensor.of(array, 1, array.length, 1, 1).asFloat().to(classifier.device());
  }
}
