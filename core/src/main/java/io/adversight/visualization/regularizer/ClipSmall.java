package io.adversight.visualization.regularizer;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.parameterization.ConstantImage;

/**
 * Pixels that matter least are set back to the network's zero image: those of small norm, or those
 * of small contribution |sum over colours of pixel times gradient| (Yosinski et al. 2015, section
 * 3, "Clipping pixels with small norm" and "with small contribution").
 *
 * @param by what makes a pixel small
 * @param share of the pixels that are set back at each step
 */
@Doc("Small pixels clipped to zero")
@Paper("yosinski2015")
public record ClipSmall(
    @Doc("criterion of a small pixel") Measure by,
    @Doc("share of the pixels clipped to zero at each step") double share)
    implements Regularizer.Change {
  /** What makes a pixel small. */
  public enum Measure {
    /** Its length over the colours. */
    NORM,
    /** How much the objective would lose with it, to first order. */
    CONTRIBUTION
  }

  /** A tenth of the pixels, by norm. */
  public ClipSmall() {
    this(Measure.NORM, 0.1);
  }

  public ClipSmall {
    Check.within(0.0, 1.0, share, "share");
  }

  @Override
  public Tensor after(Tensor images, Tensor gradient, int step, Classifier classifier) {
    Tensor zero = ConstantImage.NETWORK_ZERO.tensor(classifier).like(images);
    Tensor from = images.sub(zero);
    Tensor size = by == Measure.NORM ? from.square().sum(1) : from.mul(gradient).sum(1).abs();
    long places = size.size(2) * size.size(3);
    long small = Math.min(places - 1, (long) (share * places));
    if (small == 0) {
      return images;
    }
    Tensor sorted = size.reshape(size.size(0), places).sort(1, false).values();
    Tensor limit = sorted.narrow(1, small, 1).reshape(size.size(0), 1, 1, 1);
    return size.lt(limit).choose(zero.expand(images.shape().toArray()), images);
  }
}
