package io.adversight.visualization;

import io.adversight.image.ColorMap;
import io.adversight.image.FilmStrip;
import io.adversight.image.Interpolation;
import io.adversight.image.Raster;
import io.adversight.image.Resize;
import io.adversight.model.Classifier;
import java.util.ArrayList;
import java.util.List;

/** What a layer says of a picture, one small map per channel. */
public final class ActivationSheet {
  private static final int COLUMNS = 16;
  private static final int GAP = 2;
  private static final int SIDE = 56;

  private ActivationSheet() {}

  /**
   * The maps of a layer in one sheet: black is the layer's smallest activation (or 0 where none is
   * below), the brightest colour its largest, the same for all channels.
   */
  public static Raster of(Classifier classifier, String layer, Raster picture) {
    return of(Code.of(classifier, layer, picture).values());
  }

  private static Raster of(Raster values) {
    float low = Math.min(0, values.min());
    float high = Math.max(values.max(), low + Float.MIN_NORMAL);
    List<Raster> maps = new ArrayList<>();
    for (int c = 0; c < values.channels(); c++) {
      Raster coloured = ColorMap.INFERNO.apply(values.channel(c), low, high);
      int side = values.height() == 1 ? SIDE / 4 : Math.max(SIDE, values.height());
      maps.add(Resize.to(coloured, side, side, Interpolation.NEAREST));
    }
    return FilmStrip.of(maps, COLUMNS, GAP);
  }
}
