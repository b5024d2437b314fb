package io.adversight.attribution.cam;

import io.adversight.attribution.Variants;
import io.adversight.attribution.internal.LayerMaps;
import io.adversight.attribution.internal.NetworkGraph;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.BackwardRules;
import io.adversight.model.Activations;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Ablation-CAM: a channel counts as much as the score falls without it: w_k = (S - S_k) / S, where
 * S_k is the score with channel k set to 0 (Desai and Ramaswamy 2020, equation 3). Only the network
 * behind the layer runs again, for channels that are not 0, in batches. Where S is 0 the weight is
 * S - S_k.
 *
 * @param layer whose maps are weighted; empty for the last spatial layer
 */
@Doc("Ablation-CAM")
@Paper("desai2020")
public record AblationCam(@Doc("layer; empty for the last spatial one") String layer)
    implements ClassActivation {
  /** Elements of activations in one pass. */
  private static final long ELEMENTS = 1L << 24;

  /** The paper's setting: the last spatial layer. */
  public AblationCam() {
    this("");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    GraphClassifier network = NetworkGraph.of(trace.classifier(), "Ablation-CAM");
    String place = LayerMaps.place(network, layer);
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor maps = LayerMaps.activation(trace, place);
      Tensor own = trace.activation(place);
      double[] scores = trace.values(objective).toDoubles();
      ChannelJobs jobs = ChannelJobs.of(maps, maps.abs().max(2, 3).gt(0), 0);
      long perImage = Math.max(1, own.elements() / own.size(0));
      int step = (int) Math.max(1, Math.min(Variants.IMAGES_FORWARD, ELEMENTS / perImage));
      for (int first = 0; first < jobs.size(); first += step) {
        run.report(first, jobs.size(), "channels");
        int some = Math.min(step, jobs.size() - first);
        try (Scope inner = Scope.open()) {
          int[] images = jobs.images(first, some);
          Tensor ablated =
              own.rows(images)
                  .mul(spread(network, place, without(jobs.channels(first, some), maps)));
          double[] found = values(network, place, ablated, trace, objective, images);
          for (int j = 0; j < some; j++) {
            double score = scores[images[j]];
            found[j] = (score - found[j]) / (score == 0 ? 1 : score); // equation 3
          }
          jobs.found(first, found, run);
        }
      }
      return scope.keep(LayerMaps.weighted(jobs.weights(maps, jobs.size()), maps));
    }
  }

  private static double[] values(
      GraphClassifier network,
      String place,
      Tensor ablated,
      Trace trace,
      Objective objective,
      int[] images) {
    Tensor pixels = place.equals(Trace.PIXELS) ? ablated : trace.pixels().rows(images);
    Objective selected = objective.select(images);
    Activations activations =
        place.equals(Trace.PIXELS)
            ? network.forward(pixels, BackwardRules.STANDARD)
            : network.forwardGiven(place, ablated, pixels, selected.readsLayers());
    return selected.values(activations).toDoubles();
  }

  /** 1 for every channel but one of each row, (B, K, 1, 1). */
  private static Tensor without(int[] channels, Tensor maps) {
    int all = (int) maps.size(1);
    float[] mask = new float[channels.length * all];
    Arrays.fill(mask, 1);
    for (int j = 0; j < channels.length; j++) {
      mask[j * all + channels[j]] = 0;
    }
    return Tensor.of(mask, channels.length, all, 1, 1).like(maps);
  }

  private static Tensor spread(GraphClassifier network, String place, Tensor mask) {
    return place.equals(Trace.PIXELS) ? mask : network.layer(place).spread(mask);
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    LayerMaps.place(classifier, layer);
    return List.of();
  }
}
