package io.adversight.defense;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.ImageFiles;
import io.adversight.image.JpegCopy;
import io.adversight.image.Raster;

/**
 * Writes the image as a JPEG file and reads it again (Guo et al. 2018, section 4).
 *
 * @param quality of the JPEG file, 1 to 100
 */
@Doc("JPEG compression")
@Paper("guo2018")
public record Jpeg(@Doc("quality of the JPEG file") int quality) implements RasterDefense {
  /** The paper's quality of 75. */
  public Jpeg() {
    this(75);
  }

  public Jpeg {
    Check.within(1, 100, quality, "quality");
  }

  @Override
  public Raster of(Raster image) {
    return ImageFiles.read(JpegCopy.bytes(image, quality / 100f), "JPEG", Long.MAX_VALUE);
  }
}
