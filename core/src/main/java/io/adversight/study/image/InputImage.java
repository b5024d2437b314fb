package io.adversight.study.image;

import io.adversight.data.DataSet;
import io.adversight.image.Raster;
import io.adversight.model.ModelCard;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An image as a network sees it.
 *
 * @param name unique in its study; names its folder
 * @param file where it came from, in words
 * @param sha256 of the file; empty if it has none
 * @param view at the network's input size, pixels in [0, 1]
 * @param label its class, where it is known
 * @param objects what is known to be where: masks of {@code view}'s size by name, the share of each
 *     pixel in [0, 1]; empty without annotations
 */
public record InputImage(
    String name,
    String file,
    String sha256,
    Raster view,
    OptionalInt label,
    Map<String, Raster> objects) {
  public InputImage {
    objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
  }

  /** An image without annotations. */
  public InputImage(String name, String file, String sha256, Raster view, OptionalInt label) {
    this(name, file, sha256, view, label, Map.of());
  }

  /** This image under another name. */
  public InputImage named(String other) {
    return new InputImage(other, file, sha256, view, label, objects);
  }

  /** This image of a data set with the objects that the set knows in it. */
  public InputImage withObjectsOf(DataSet set, int index, ModelCard card) {
    Map<String, Raster> masks = new LinkedHashMap<>();
    for (String object : set.objects()) {
      masks.put(object, ImageInputs.view(set.mask(index, object), card).toGrey());
    }
    return new InputImage(name, file, sha256, view, label, masks);
  }

  /** What tells this image from others, wherever it lies. */
  public ImageIdentity identity() {
    return new ImageIdentity(sha256.isEmpty() ? file : sha256, label);
  }
}
