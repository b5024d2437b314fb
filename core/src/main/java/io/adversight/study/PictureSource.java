package io.adversight.study;

import io.adversight.data.Labels;
import io.adversight.model.ModelCard;

/** A picture that is read when its turn comes. */
public interface PictureSource {
  /** Unique in its study; names the folder of its results. */
  String name();

  /**
   * The picture as a network sees it.
   *
   * @param labels the network's classes, for pictures that know theirs by name
   */
  Picture read(ModelCard card, Labels labels);
}
