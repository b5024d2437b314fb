package io.adversight.study.picture;

import io.adversight.data.Labels;
import io.adversight.file.FileNames;
import io.adversight.model.ModelCard;
import java.util.List;

/** A picture that is read when its turn comes. */
public interface PictureSource {
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
  static List<PictureSource> distinct(List<? extends PictureSource> sources) {
    FileNames names = new FileNames();
    return sources.stream()
        .map(source -> (PictureSource) new RenamedPicture(names.unique(source.name()), source))
        .toList();
  }

  /**
   * The picture as a network sees it.
   *
   * @param labels the network's classes, for pictures that know theirs by name
   */
  Picture read(ModelCard card, Labels labels);
}
