package io.adversight.cluster;

import io.adversight.study.image.InputImage;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a job does with the images of a batch. */
interface ImageWork {
  /**
   * The results, one for each image in its place.
   *
   * @param cancel stops the work when it becomes true
   */
  List<ImageRow> rows(List<InputImage> images, AtomicBoolean cancel);
}
