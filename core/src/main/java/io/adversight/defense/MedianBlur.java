package io.adversight.defense;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import java.util.Arrays;

/**
 * The median of a square window around each pixel, borders reflected (Xu et al. 2018, section
 * III-B). Of an even number of values the upper of the middle two is taken.
 *
 * @param window rows and columns of the window
 */
@Doc("Median blur")
@Paper("xu2018")
public record MedianBlur(@Doc("rows and columns of the window") int window)
    implements RasterDefense {
  /** The paper's window of 2 x 2. */
  public MedianBlur() {
    this(2);
  }

  public MedianBlur {
    Check.within(1, 15, window, "window");
  }

  @Override
  public Raster of(Raster image) {
    float[] values = new float[window * window];
    int before = window / 2;
    return Raster.generate(
        image.channels(),
        image.height(),
        image.width(),
        (c, y, x) -> {
          int i = 0;
          for (int dy = -before; dy < window - before; dy++) {
            for (int dx = -before; dx < window - before; dx++) {
              values[i++] =
                  image.at(
                      c,
                      Borders.reflected(y + dy, image.height()),
                      Borders.reflected(x + dx, image.width()));
            }
          }
          Arrays.sort(values);
          return values[values.length / 2];
        });
  }
}
