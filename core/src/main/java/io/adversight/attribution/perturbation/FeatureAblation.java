package io.adversight.attribution.perturbation;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Variants;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Batches;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Feature ablation: how far the score falls when all pixels of a group are replaced by a baseline:
 * S(x) - S(x without the group), on every pixel of the group. The groups are superpixels unless
 * others are given (Zeiler and Fergus 2014, section 4.2, with groups for squares).
 *
 * @param segments about how many superpixels
 * @param compactness weight of position against colour in making them
 * @param baseline the value that replaces
 */
@Doc("Feature ablation")
@Paper("zeiler2014")
public record FeatureAblation(
    @Doc("superpixels") int segments,
    @Doc("weight of position against colour") double compactness,
    @Doc("value of the replaced pixels") double baseline)
    implements Attribution {
  /** 50 superpixels, grey. */
  public FeatureAblation() {
    this(50, 10, 0.5);
  }

  public FeatureAblation {
    Check.within(1, 10_000, segments, "segments");
    Check.positive(compactness, "compactness");
    Check.finite(baseline, "baseline");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    Slic slic = new Slic(segments, compactness);
    List<Segments> groups = Batches.rasters(trace.pixels()).stream().map(slic::of).toList();
    return attribute(trace, objective, run, groups);
  }

  /** The same with given groups, one division into groups per image. */
  public Tensor attribute(Trace trace, Objective objective, Run run, List<Segments> groups) {
    Tensor pixels = trace.pixels();
    try (Scope scope = Scope.open()) {
      Superpixels superpixels = Superpixels.of(pixels, groups, pixels.fullLike(baseline));
      int images = (int) pixels.size(0);
      int most = superpixels.most();
      double[] full = trace.values(objective).toDoubles();
      double[] values =
          Variants.of(trace, objective, run)
              .values(
                  most,
                  k -> {
                    float[] shown = new float[images * most];
                    Arrays.fill(shown, 1);
                    for (int i = 0; i < images; i++) {
                      shown[i * most + k] = 0;
                    }
                    return superpixels.show(shown);
                  })
              .toDoubles();
      float[] falls = new float[images * most];
      for (int i = 0; i < images; i++) {
        for (int k = 0; k < most; k++) {
          falls[i * most + k] = (float) (full[i] - values[k * images + i]);
        }
      }
      return scope.keep(superpixels.paint(falls));
    }
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }
}
