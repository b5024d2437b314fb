package io.adversight.defense;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;

/**
 * Fewer levels per channel: round((2^b - 1) x) / (2^b - 1) (Xu et al. 2018, section III-A).
 *
 * @param bits b, per channel
 */
@Doc("Reduced bit depth")
@Paper("xu2018")
public record BitDepth(@Doc("bits per channel") int bits) implements RasterDefense {
  /** The paper's 5 bits for photos. */
  public BitDepth() {
    this(5);
  }

  public BitDepth {
    Check.within(1, 8, bits, "bits");
  }

  @Override
  public Raster of(Raster image) {
    int levels = (1 << bits) - 1;
    return Raster.generate(
        image.channels(),
        image.height(),
        image.width(),
        (c, y, x) -> Math.rint((double) levels * image.at(c, y, x)) / levels);
  }
}
