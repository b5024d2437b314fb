package io.adversight.report;

import java.nio.file.Path;

/** Results that come picture by picture and can go on where they stopped. */
public interface PictureResults {
  /** Whether the results of a picture are there; notes that it belongs to the work. */
  boolean isDone(String name);

  /** Leaves nothing behind if no picture was finished. */
  void abandon();

  /**
   * Writes what is about all pictures.
   *
   * @return the report
   */
  Path finish(Provenance provenance);
}
