package io.adversight.visualization.layer;

import io.adversight.image.ColorScale;
import io.adversight.image.ContactSheet;
import io.adversight.image.ImageGrid;
import io.adversight.image.Interpolation;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.model.Classifier;
import java.util.ArrayList;
import java.util.List;

/** What a layer says of an image, one small map per channel. */
public final class ActivationSheet {
  private static final int COLUMNS = 16;
  private static final int GAP = 2;
  private static final int SIDE = 56;

  private ActivationSheet() {}

  /**
   * The maps of a layer in one sheet, each with its channel's number, in one {@link ColorScale} for
   * all channels.
   */
  public static Raster of(Classifier classifier, String layer, Raster image) {
    return of(Representation.of(classifier, layer, image).values());
  }

  private static Raster of(Raster values) {
    ColorScale scale = ColorScale.of(values);
    boolean numbers = values.height() == 1;
    List<Raster> maps = new ArrayList<>();
    List<String> captions = new ArrayList<>();
    for (int c = 0; c < values.channels(); c++) {
      Raster coloured = scale.apply(values.channel(c));
      int side = numbers ? SIDE / 4 : Math.max(SIDE, values.height());
      maps.add(RasterResize.to(coloured, side, side, Interpolation.NEAREST));
      captions.add(Integer.toString(c));
    }
    return numbers
        ? ImageGrid.of(maps, COLUMNS, GAP)
        : ContactSheet.of(maps, captions, COLUMNS, SIDE);
  }
}
