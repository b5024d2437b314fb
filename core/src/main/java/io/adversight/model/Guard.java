package io.adversight.model;

import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.Optional;

/**
 * A transform in front of a network, and where its random numbers come from: a run over the images,
 * or else the pixels of each image, so that equal pixels are seen alike.
 *
 * @param draws how many a gradient is the mean of, if the transform is random
 * @param run over the images of each batch
 */
record Guard(InputTransform transform, int draws, Optional<Run> run) {
  private static final long USE = 0x5EE;

  /** What the network is given in one draw. */
  Tensor once(Tensor pixels) {
    return transform.of(pixels, source(pixels));
  }

  /** Random numbers of a pass, other ones in every pass of a run. */
  Run source(Tensor pixels) {
    Run images =
        run.filter(known -> known.size() == pixels.size(0))
            .map(Run::renewed)
            .orElseGet(() -> Run.of(new Rng(0), pixels.detach()));
    return images.split(USE);
  }

  /** Whether the logits of such pixels are a mean over draws: those of a random gradient are. */
  boolean expects(Tensor pixels) {
    return transform.isRandom() && pixels.isRecorded();
  }

  Guard drawing(Run images) {
    return new Guard(transform, draws, Optional.of(images));
  }
}
