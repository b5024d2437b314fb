package io.adversight.lab.response;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.image.Raster;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.saliency.ImageSaliency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A way to make a heat map: by a network, or of the image alone.
 *
 * @param byNetwork the explanation, for one that needs a network
 * @param ofImage the saliency, for one that does not
 */
record MapMethod(
    AlgorithmChoice choice, @Nullable Attribution byNetwork, @Nullable ImageSaliency ofImage) {
  private static final Kind[] KINDS = {Kind.ATTRIBUTION, Kind.IMAGE_SALIENCY};

  /**
   * The chosen method.
   *
   * @throws java.util.NoSuchElementException if there is none, or it has no such parameter
   */
  static MapMethod of(AlgorithmChoice choice) {
    Entry<?> entry = choice.algorithm().entry(KINDS);
    return entry.kind() == Kind.ATTRIBUTION
        ? new MapMethod(choice, choice.create(Attribution.class, Kind.ATTRIBUTION), null)
        : new MapMethod(choice, null, choice.create(ImageSaliency.class, Kind.IMAGE_SALIENCY));
  }

  /** The layers whose gradients it needs. */
  List<String> gradientsAt(Classifier classifier) {
    return byNetwork == null ? List.of() : byNetwork.gradientsAt(classifier);
  }

  /** The heat map of a trace's only image. */
  Heatmap of(Trace trace, Raster image, Objective objective, Run run) {
    if (byNetwork != null) {
      return Attributions.heatmaps(byNetwork, trace, objective, run).get(0);
    }
    Raster map = ofImage == null ? image : ofImage.saliency(image);
    return new Heatmap(map, map, Optional.empty());
  }
}
