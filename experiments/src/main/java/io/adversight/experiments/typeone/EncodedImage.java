package io.adversight.experiments.typeone;

import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** Images inside JSON: PNG in base 64. */
final class EncodedImage {
  private EncodedImage() {}

  static String of(Raster image) {
    return Base64.getEncoder().encodeToString(ImageFiles.png(image));
  }

  static Raster read(JsonNode text) {
    byte[] png = Base64.getDecoder().decode(text.asString());
    return ImageFiles.read(png, "Type I example", ImageFiles.DEFAULT_MAX_PIXELS);
  }
}
