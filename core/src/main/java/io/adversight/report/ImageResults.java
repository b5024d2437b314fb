package io.adversight.report;

import io.adversight.data.Labels;
import io.adversight.study.image.ImageSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Results that come image by image and can go on where they stopped. */
public interface ImageResults {
  /** Says which images the work is about; results tell of them in this order. */
  void expect(List<String> names);

  /**
   * Whether the results of an image are there, all files of them.
   *
   * @param labels the network's classes
   * @throws IllegalArgumentException if those of another image, or of another label, are there
   *     under its name
   */
  boolean isDone(ImageSource image, Labels labels);

  /** Notes that an image has no results, and why: a row of what is written at the end. */
  void leaveOut(String name, String reason);

  /** The images that were left out by name, and why. */
  Map<String, String> leftOut();

  /** Leaves nothing behind if no image was finished. */
  void abandon();

  /**
   * Writes what is about all images.
   *
   * @return the report
   */
  Path finish(Provenance provenance);
}
