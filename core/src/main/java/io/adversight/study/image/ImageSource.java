package io.adversight.study.image;

import io.adversight.data.Labels;
import io.adversight.file.FileNames;
import io.adversight.model.ModelCard;
import java.util.List;

/** An image that is read when its turn comes. */
public interface ImageSource {
  /** Unique in its study; names the folder of its results. */
  String name();

  /** Whether it was found in a folder, and not named itself. */
  default boolean isFromFolder() {
    return false;
  }

  /**
   * The sources in their order under names that differ, also where images of several folders or
   * classes have the same.
   */
  static List<ImageSource> distinct(List<? extends ImageSource> sources) {
    FileNames names = new FileNames();
    return sources.stream()
        .map(source -> (ImageSource) new RenamedImage(names.unique(source.name()), source))
        .toList();
  }

  /**
   * What tells the image from others of its name, as {@link InputImage#identity} does once it is
   * read.
   *
   * @param labels the network's classes
   * @throws java.io.UncheckedIOException if its file cannot be read
   */
  ImageIdentity identity(Labels labels);

  /**
   * The image as a network sees it.
   *
   * @param labels the network's classes, for images that know theirs by name
   */
  InputImage read(ModelCard card, Labels labels);
}
