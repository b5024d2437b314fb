package io.adversight.study.evaluation;

import io.adversight.study.robustness.RobustnessStore;
import java.util.function.Supplier;

/** Keeps the finished parts of the evaluation of one network. */
public interface Parts {
  /** Keeps what attacks did. */
  RobustnessStore store();

  /**
   * A part that was finished before, else computed now and kept.
   *
   * @param name a name for a file
   * @param type a record of numbers, texts, lists and records
   */
  <T> T part(String name, Class<T> type, Supplier<T> work);
}
