package io.adversight.data;

import io.adversight.image.Raster;
import java.util.Collections;
import java.util.List;

/**
 * Pictures held in memory.
 *
 * @param name what the set is called
 * @param pictures pixels in [0, 1]
 * @param labels one class per picture, or {@link #UNLABELLED}
 * @param classNames by number; empty when they have none
 */
public record PictureList(
    String name, List<Raster> pictures, List<Integer> labels, List<String> classNames)
    implements DataSet {
  public PictureList {
    pictures = List.copyOf(pictures);
    labels = List.copyOf(labels);
    classNames = List.copyOf(classNames);
    if (labels.size() != pictures.size()) {
      throw new IllegalArgumentException(
          "%s pictures need as many labels, but %s were given"
              .formatted(pictures.size(), labels.size()));
    }
  }

  /** Pictures whose classes nobody knows. */
  public static PictureList unlabelled(List<Raster> pictures) {
    return new PictureList(
        "pictures", pictures, Collections.nCopies(pictures.size(), UNLABELLED), List.of());
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public int label(int i) {
    return labels.get(i);
  }

  @Override
  public Raster image(int i) {
    return pictures.get(i);
  }
}
