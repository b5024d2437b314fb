package io.adversight.data;

import java.nio.file.Path;
import java.util.List;

/** Reads grey images in the files of MNIST: one IDX file of images, one of labels. */
public final class Mnist {
  private Mnist() {}

  /**
   * Reads a set; the files may be compressed by gzip.
   *
   * @param classNames the names of all classes
   * @throws DataSetFormatException if a file is damaged, or the two do not belong together
   */
  public static DataSet read(String name, Path images, Path labels, List<String> classNames) {
    Idx pixels = Idx.read(images, 3);
    Idx classes = Idx.read(labels, 1);
    if (pixels.length(0) != classes.length(0)) {
      throw new DataSetFormatException(
          labels,
          "expected a label for each of the %s images in %s, but there are %s"
              .formatted(pixels.length(0), images.getFileName(), classes.length(0)));
    }
    for (byte label : classes.bytes()) {
      if ((label & 0xff) >= classNames.size()) {
        throw new DataSetFormatException(
            labels,
            "expected labels from 0 to %s, but there is %s"
                .formatted(classNames.size() - 1, label & 0xff));
      }
    }
    return new ByteImages(
        name, 1, pixels.length(1), pixels.length(2), pixels.bytes(), classes.bytes(), classNames);
  }
}
