package io.adversight.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Results that come picture by picture and can go on where they stopped. */
public interface PictureResults {
  /** Says which pictures the work is about; results tell of them in this order. */
  void expect(List<String> names);

  /** Whether the results of a picture are there, all files of them. */
  boolean isDone(String name);

  /** Notes that a picture has no results, and why: a row of what is written at the end. */
  void leaveOut(String name, String reason);

  /** The pictures that were left out by name, and why. */
  Map<String, String> leftOut();

  /** Leaves nothing behind if no picture was finished. */
  void abandon();

  /**
   * Writes what is about all pictures.
   *
   * @return the report
   */
  Path finish(Provenance provenance);
}
