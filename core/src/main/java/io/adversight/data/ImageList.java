package io.adversight.data;

import io.adversight.image.Raster;
import java.util.Collections;
import java.util.List;

/**
 * Images held in memory.
 *
 * @param name what the set is called
 * @param images pixels in [0, 1]
 * @param labels one class per image, or {@link #UNLABELLED}
 * @param classNames by number; empty when they have none
 */
public record ImageList(
    String name, List<Raster> images, List<Integer> labels, List<String> classNames)
    implements DataSet {
  public ImageList {
    images = List.copyOf(images);
    labels = List.copyOf(labels);
    classNames = List.copyOf(classNames);
    if (labels.size() != images.size()) {
      throw new IllegalArgumentException(
          "%s images need as many labels, but %s were given"
              .formatted(images.size(), labels.size()));
    }
  }

  /** Images of unknown classes. */
  public static ImageList unlabelled(List<Raster> images) {
    return new ImageList(
        "images", images, Collections.nCopies(images.size(), UNLABELLED), List.of());
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int label(int i) {
    return labels.get(i);
  }

  @Override
  public Raster image(int i) {
    return images.get(i);
  }
}
