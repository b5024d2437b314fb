package io.adversight.home;

/** Receives the progress of a transfer. */
@FunctionalInterface
public interface ByteProgress {
  /** Reports no progress. */
  ByteProgress NONE = (done, total) -> {};

  /** {@code done} of {@code total} bytes are there. */
  void at(long done, long total);
}
