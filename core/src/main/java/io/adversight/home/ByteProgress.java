package io.adversight.home;

/** Is told how far a transfer has come. */
@FunctionalInterface
public interface ByteProgress {
  /** Tells nobody. */
  ByteProgress NONE = (done, total) -> {};

  /** {@code done} of {@code total} bytes are there. */
  void at(long done, long total);
}
