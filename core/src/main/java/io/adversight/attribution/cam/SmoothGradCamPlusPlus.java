package io.adversight.attribution.cam;

import io.adversight.attribution.Variants;
import io.adversight.attribution.internal.LayerMaps;
import io.adversight.attribution.internal.NoisySamples;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Smooth Grad-CAM++: Grad-CAM++ with the first three derivatives averaged over noisy copies of the
 * image: alpha = mean(G^2) / (2 mean(G^2) + sum(A) mean(G^3)), w_k = sum of alpha relu(mean(G)),
 * where A are the activations of the clean image (Omeiza et al. 2019, section 3.3).
 *
 * @param layer whose maps are weighted; empty for the last spatial layer
 * @param samples noisy copies
 * @param sigma of the Gaussian noise, as a fraction of each image's range max - min
 */
@Doc("Smooth Grad-CAM++")
@Paper("omeiza2019")
public record SmoothGradCamPlusPlus(
    @Doc("layer; empty for the last spatial one") String layer,
    @Doc("noisy copies") int samples,
    @Doc("noise as a fraction of the image's range") double sigma)
    implements ClassActivation {
  /** 25 copies at 15 % noise. */
  public SmoothGradCamPlusPlus() {
    this("", 25, 0.15);
  }

  public SmoothGradCamPlusPlus {
    Check.within(1, 100_000, samples, "samples");
    Check.within(0.0, 10.0, sigma, "sigma");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    return of(trace, objective, run, NoisySamples.gaussian(trace.pixels(), sigma, run));
  }

  /** With given noises in place of random ones. */
  Tensor of(Trace trace, Objective objective, Run run, IntFunction<Tensor> noises) {
    String place = LayerMaps.place(trace.classifier(), layer);
    Tensor pixels = trace.pixels();
    try (Scope scope = Scope.open()) {
      Tensor means =
          Variants.of(trace, objective, run)
              .sum(
                  samples,
                  k -> pixels.add(noises.apply(k)),
                  List.of(place),
                  (first, count, noisy, selected, silent) -> {
                    Tensor stacked = LayerMaps.of(noisy, place, selected).gradient();
                    Tensor g = Variants.byVariant(stacked, count).asDouble();
                    Tensor square = g.square();
                    return Tensor.concat(List.of(g.sum(0), square.sum(0), square.mul(g).sum(0)), 0);
                  })
              .div(samples);
      Tensor activation = LayerMaps.activation(trace, place).asDouble();
      Tensor second = means.select(0, 1);
      Tensor denominator = second.mul(2).add(activation.sum(2, 3).mul(means.select(0, 2)));
      Tensor alpha = LayerMaps.quotient(second, denominator);
      Tensor weights = alpha.mul(means.select(0, 0).relu()).sum(2, 3);
      return scope.keep(LayerMaps.weighted(weights, activation).like(pixels));
    }
  }

  /** Only the noisy copies are followed back. */
  @Override
  public List<String> gradientsAt(Classifier classifier) {
    LayerMaps.place(classifier, layer);
    return List.of();
  }
}
