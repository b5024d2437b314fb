package io.adversight.evaluation.robustness;

import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.model.Input;
import io.adversight.model.ModelCard;
import io.adversight.model.NetworkView;

/** How an image made for one network gets the size that another takes. */
public enum Fit {
  /** It is scaled to that size as a whole, which blurs what was changed. */
  DOWN_SIZE,
  /**
   * That size is cut out of its centre, unscaled, which loses what was changed at the border; an
   * image that is too small is enlarged first, until its shorter side fits.
   */
  CENTRE_CROP;

  /** The image in the size and channels that a network takes. */
  public Raster of(Raster image, ModelCard card) {
    Raster coloured = NetworkView.coloured(image, card);
    Input input = card.input();
    if (this == DOWN_SIZE) {
      return RasterResize.stretch(coloured, input.height(), input.width());
    }
    int shorter = Math.min(coloured.height(), coloured.width());
    double missing =
        Math.max(
            (double) input.height() / coloured.height(), (double) input.width() / coloured.width());
    int shortSide = missing > 1 ? (int) Math.ceil(shorter * missing) : shorter;
    return RasterResize.shortSideThenCentreCrop(
        coloured,
        Math.max(shortSide, Math.max(input.height(), input.width())),
        input.height(),
        input.width());
  }
}
