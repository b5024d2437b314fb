package io.adversight.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reports the progress of long work as a line at regular intervals, where there is no terminal. */
final class Heartbeat implements AutoCloseable {
  private final String task;
  private final PrintStream stream;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "heartbeat");
            thread.setDaemon(true);
            return thread;
          });

  private volatile State state;

  private record State(String what, long done, long total) {}

  /**
   * Begins at once; the first line comes after one interval.
   *
   * @param total what is counted at most; below 1 if the total is unknown
   */
  @SuppressWarnings("FutureReturnValueIgnored") // a beat throws nothing, and ends with the timer
  Heartbeat(String task, long total, Duration interval, PrintStream stream) {
    this.task = task;
    this.stream = stream;
    this.state = new State("", 0, total);
    long millis = interval.toMillis();
    timer.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Notes how far the work is. */
  void stepTo(String what, long done, long total) {
    state = new State(what, done, total);
  }

  /** Notes how far the work is; the rest stays as it was. */
  void stepTo(long done) {
    state = new State(state.what(), done, state.total());
  }

  private void beat() {
    State now = state;
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    stream.println(
        String.format(
            Locale.ROOT,
            "%s: %d%s%s, %d:%02d so far",
            task,
            now.done(),
            now.total() > 0 ? " of " + now.total() : "",
            now.what().isEmpty() ? "" : " (" + now.what() + ")",
            seconds / 60,
            seconds % 60));
    stream.flush();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
