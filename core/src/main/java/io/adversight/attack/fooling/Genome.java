package io.adversight.attack.fooling;

import io.adversight.image.Raster;
import java.util.SplittableRandom;

/** What an evolved image is bred from. */
sealed interface Genome permits PixelGenome, Cppn {
  /** A changed copy. */
  Genome mutate(int generation, SplittableRandom random);

  /** The image it stands for. */
  Raster image(int channels, int height, int width);
}
