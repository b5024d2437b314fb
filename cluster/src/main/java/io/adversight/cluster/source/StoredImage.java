package io.adversight.cluster.source;

import io.adversight.data.Labels;
import io.adversight.home.Sha256;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.model.ModelCard;
import io.adversight.study.image.ImageIdentity;
import io.adversight.study.image.ImageInputs;
import io.adversight.study.image.ImageSource;
import io.adversight.study.image.InputImage;
import java.util.function.Supplier;

/**
 * An image that a part of a set holds.
 *
 * @param name unique in its set
 * @param file where it lies, in words
 * @param sha256 of its encoded bytes; empty where a set keeps pixels
 * @param hint its class
 * @param pixels decodes it
 */
record StoredImage(String name, String file, String sha256, ClassHint hint, Supplier<Raster> pixels)
    implements ImageSource {
  /** An image of an encoded file. */
  static StoredImage encoded(String name, String file, ClassHint hint, byte[] bytes) {
    return new StoredImage(
        name,
        file,
        Sha256.of(bytes),
        hint,
        () -> ImageFiles.read(bytes, file, ImageFiles.DEFAULT_MAX_PIXELS));
  }

  @Override
  public ImageIdentity identity(Labels labels) {
    return new ImageIdentity(sha256.isEmpty() ? file : sha256, hint.in(labels));
  }

  @Override
  public InputImage read(ModelCard card, Labels labels) {
    return new InputImage(
        name, file, sha256, ImageInputs.view(pixels.get(), card), hint.in(labels));
  }
}
