package io.adversight.attribution.cam;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.internal.LayerMaps;
import io.adversight.model.Classifier;
import java.util.List;

/** A method that weighs the maps of one layer; what remains positive is its heat map. */
interface ClassActivation extends Attribution {
  /** The layer; empty for the last spatial one, {@code pixels} for the image itself. */
  String layer();

  @Override
  default ChannelReduction reduction() {
    return ChannelReduction.POSITIVE;
  }

  @Override
  default List<String> gradientsAt(Classifier classifier) {
    return List.of(LayerMaps.place(classifier, layer()));
  }
}
