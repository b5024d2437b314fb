package io.adversight.attribution.cam;

import io.adversight.attribution.Variants;
import io.adversight.attribution.internal.Confidence;
import io.adversight.attribution.internal.LayerMaps;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Score-CAM: a channel counts as much as the image, shown only where the channel is active, still
 * scores (Wang et al. 2020, algorithm 1). Needs no gradient; one forward pass per channel that is
 * not constant, in batches. A constant channel shows nothing and has weight 0. After every batch
 * the map so far goes to the run's frame listener.
 *
 * @param layer whose maps are weighted; empty for the last spatial layer
 * @param formula the paper's, or that of a published implementation
 * @param channels the most channels looked at, those that vary most over their map; 0 for all
 */
@Doc("Score-CAM")
@Paper("wang2020")
public record ScoreCam(
    @Doc("layer; empty for the last spatial one") String layer,
    @Doc("the paper's weights or those of an implementation") Formula formula,
    @Doc("maximum number of channels, largest variance first; 0 for all") int channels)
    implements ClassActivation {

  /** How a channel becomes a mask, and scores become weights. */
  public enum Formula {
    /** Enlarged, then scaled to [0, 1]; the softmax over the channels of their scores. */
    PAPER(true, false) {
      @Override
      Tensor mask(Tensor maps, long height, long width) {
        return scaled(Kernels.bilinear(maps, height, width, false), 0);
      }
    },
    /** The masks of the paper; the weight is the class probability itself (the authors' code). */
    AUTHORS(false, true) {
      @Override
      Tensor mask(Tensor maps, long height, long width) {
        return PAPER.mask(maps, height, width);
      }
    },
    /** As the paper, enlarged with aligned corners (pytorch-grad-cam). */
    ALIGNED_CORNERS(true, false) {
      @Override
      Tensor mask(Tensor maps, long height, long width) {
        return scaled(Kernels.bilinear(maps, height, width, true), 1e-8);
      }
    },
    /** As the paper, scaled before it is enlarged (torch-cam). */
    SCALED_FIRST(true, false) {
      @Override
      Tensor mask(Tensor maps, long height, long width) {
        return Kernels.bilinear(scaled(maps, 0), height, width, false);
      }
    };

    private final boolean softmax;
    private final boolean probability;

    Formula(boolean softmax, boolean probability) {
      this.softmax = softmax;
      this.probability = probability;
    }

    /** Masks (B, 1, height, width) of channels (B, 1, h, w) that are not constant. */
    abstract Tensor mask(Tensor maps, long height, long width);

    private static Tensor scaled(Tensor maps, double epsilon) {
      Tensor low = maps.minPerImage();
      return LayerMaps.quotient(maps.sub(low), maps.maxPerImage().sub(low).add(epsilon));
    }
  }

  /** The paper's setting. */
  public ScoreCam() {
    this("", Formula.PAPER, 0);
  }

  public ScoreCam {
    Check.atLeast(0, channels, "channels");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    Tensor pixels = trace.pixels();
    Objective scored = formula.probability ? Confidence.of(objective) : objective;
    Variants masked = Variants.of(trace, scored, run);
    try (Scope scope = Scope.open()) {
      Tensor activation = LayerMaps.activation(trace, layer);
      Tensor values = trace.values(objective);
      Tensor alive = activation.max(2, 3).gt(activation.min(2, 3));
      ChannelJobs jobs = ChannelJobs.of(activation, alive, channels);
      long count = activation.size(1);
      Tensor maps =
          activation
              .contiguous()
              .reshape(activation.size(0) * count, 1, activation.size(2), activation.size(3));
      for (int first = 0; first < jobs.size(); first += Variants.IMAGES_FORWARD) {
        run.report(first, jobs.size(), "channels");
        int some = Math.min(Variants.IMAGES_FORWARD, jobs.size() - first);
        try (Scope inner = Scope.open()) {
          int[] images = jobs.images(first, some);
          int[] rows = jobs.channels(first, some);
          for (int j = 0; j < some; j++) {
            rows[j] += images[j] * (int) count;
          }
          Tensor masks = formula.mask(maps.rows(rows), pixels.size(2), pixels.size(3));
          Tensor scores = masked.valuesOf(shown(pixels, images).mul(masks), images);
          jobs.found(first, scores.toDoubles(), run);
          run.step(weighted(jobs, first + some, activation), values);
        }
      }
      return scope.keep(weighted(jobs, jobs.size(), activation));
    }
  }

  /** The images of the given images; a single one is not copied. */
  private static Tensor shown(Tensor pixels, int... images) {
    boolean one = images[0] == images[images.length - 1];
    return one ? pixels.narrow(0, images[0], 1) : pixels.rows(images);
  }

  private Tensor weighted(ChannelJobs jobs, int done, Tensor activation) {
    Tensor weights =
        formula.softmax ? jobs.softmax(activation, done) : jobs.weights(activation, done);
    return LayerMaps.weighted(weights, activation);
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    LayerMaps.place(classifier, layer);
    return List.of();
  }
}
