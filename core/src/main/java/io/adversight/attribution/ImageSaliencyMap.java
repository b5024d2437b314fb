package io.adversight.attribution;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.saliency.ImageSaliency;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Image saliency, in the place of an explanation, so that the saliency of the image and the
 * attention of the network can be compared. It looks neither at the network nor at the class.
 *
 * @param saliency of an image
 */
public record ImageSaliencyMap(ImageSaliency saliency) implements Attribution {
  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    List<Raster> maps = new ArrayList<>();
    for (Raster image : Batches.rasters(trace.pixels())) {
      run.checkCancelled();
      maps.add(saliency.saliency(image));
    }
    return Batches.of(maps).like(trace.pixels());
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }
}
