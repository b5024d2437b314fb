package io.adversight.evaluation.detection;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Feature squeezing: the largest L1 distance between the probabilities of the image and of the
 * image with fewer colours, or smoothed by a median (Xu et al. 2018, equations 3 and 4).
 *
 * @param bits per channel
 * @param window of the median, rows and columns; 1 for no median
 */
@Doc("Feature squeezing")
@Paper("xu2018")
public record FeatureSqueezing(
    @Doc("bits per channel") int bits,
    @Doc("rows and columns of the median; 1 for none") int window)
    implements DetectionScore {
  /** The paper's setting for ImageNet without its slowest squeezer: 5 bits, a median of 2 x 2. */
  public FeatureSqueezing() {
    this(5, 2);
  }

  /** Checks the ranges. */
  public FeatureSqueezing {
    Check.within(1, 8, bits, "bits");
    Check.within(1, 9, window, "window");
  }

  @Override
  public List<Double> scores(DetectorInputs suspects, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = suspects.pixels();
      Tensor own = probabilities(suspects, pixels, run);
      double[] largest = distance(own, probabilities(suspects, reduced(pixels, bits), run));
      if (window > 1) {
        double[] other = distance(own, probabilities(suspects, median(pixels, window), run));
        for (int i = 0; i < largest.length; i++) {
          largest[i] = Math.max(largest[i], other[i]);
        }
      }
      return Arrays.stream(largest).boxed().toList();
    }
  }

  @Override
  public Optional<SurrogateScore> standIn() {
    return Optional.of(
        (suspects, turn, run) -> {
          Tensor pixels = suspects.pixels();
          Tensor squeezed =
              window > 1 && turn % 2 == 0 ? median(pixels, window) : reduced(pixels, bits);
          Tensor passed = SmoothMaps.straightThrough(pixels, squeezed);
          Tensor distance =
              probabilities(suspects, pixels, run).sub(probabilities(suspects, passed, run));
          return distance.abs().sum(1).reshape(pixels.size(0));
        });
  }

  private static Tensor probabilities(DetectorInputs suspects, Tensor pixels, Run run) {
    run.countForward();
    return suspects.classifier().logits(pixels).softmax(1);
  }

  private static double[] distance(Tensor a, Tensor b) {
    return a.sub(b).l1PerImage().toDoubles();
  }

  /** 2^bits levels per channel, rounded half to even. */
  static Tensor reduced(Tensor pixels, int bits) {
    double levels = (1 << bits) - 1;
    return pixels.mul(levels).round().div(levels);
  }

  /** The median of a window; of an even number the upper of the middle two. */
  static Tensor median(Tensor pixels, int window) {
    long before = window / 2;
    long after = window - 1 - before;
    Tensor padded = Kernels.pad(pixels, List.of(before, after, before, after), "replicate", 0);
    List<Tensor> shifted = new ArrayList<>();
    for (int dy = 0; dy < window; dy++) {
      for (int dx = 0; dx < window; dx++) {
        shifted.add(padded.narrow(2, dy, pixels.size(2)).narrow(3, dx, pixels.size(3)));
      }
    }
    return Tensor.stack(shifted, 0).sort(0, false).values().select(0, shifted.size() / 2);
  }
}
