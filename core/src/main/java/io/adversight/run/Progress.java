package io.adversight.run;

/** Hears how far a piece of work has come. Called on the working thread: return quickly. */
@FunctionalInterface
public interface Progress {
  /** Reports no progress. */
  Progress SILENT = (done, total, what) -> {};

  /**
   * {@code done} of {@code total} units are finished.
   *
   * @param what the unit in words, such as "images"
   */
  void report(long done, long total, String what);
}
