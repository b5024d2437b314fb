package io.adversight.experiments;

/**
 * One table or figure of a study. Its folder {@code experiments/NAME} holds the settings and claims
 * ({@code study.json}, see {@link Plan}), the printed numbers ({@code expected.csv}) and the
 * measured ones ({@code results/}).
 */
public interface Experiment {
  /** The name of its folder: lower-case words joined by hyphens, the study's first. */
  String name();

  /**
   * Measures everything, and hands numbers, tables, plots and images to the bench. Nothing is
   * judged here: the claims' rules do that from the numbers.
   */
  void measure(Bench bench);
}
