package io.adversight.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Results that come image by image and can go on where they stopped. */
public interface ImageResults {
  /** Says which images the work is about; results tell of them in this order. */
  void expect(List<String> names);

  /** Whether the results of an image are there, all files of them. */
  boolean isDone(String name);

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
