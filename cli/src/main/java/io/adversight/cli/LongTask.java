package io.adversight.cli;

import io.adversight.run.Run;
import java.util.function.Function;

/** Long work: shows how far it is, stops when the user wishes, and tidies up when it fails. */
final class LongTask {
  private LongTask() {}

  /**
   * Does some work.
   *
   * @param unit what is counted, in words
   * @param total units at most
   * @param abandon removes what is of no use if the work does not end well
   * @param work gets a run that reports progress and hears of the wish to stop
   */
  static <T> T run(String unit, long total, Runnable abandon, Function<Run, T> work) {
    boolean finished = false;
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open(unit, total, Console.isInteractive())) {
      Run run =
          Run.of(1)
              .with(cancelling.flag())
              .with((done, all, what) -> console.stepTo(done, Math.max(all, done)));
      T result = work.apply(run);
      finished = true;
      return result;
    } finally {
      if (!finished) {
        abandon.run();
      }
    }
  }
}
