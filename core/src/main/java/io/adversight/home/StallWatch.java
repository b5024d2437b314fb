package io.adversight.home;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes a stream from which nothing has come for too long, so that its reader wakes up. */
final class StallWatch implements AutoCloseable {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "stall-watch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long lastSign = System.nanoTime();
  private volatile boolean stalled;

  StallWatch(InputStream in, Duration patience) {
    long period = Math.max(1, patience.toMillis() / 4);
    var unused =
        clock.scheduleAtFixedRate(
            () -> {
              if (System.nanoTime() - lastSign > patience.toNanos()) {
                stalled = true;
                close(in);
              }
            },
            period,
            period,
            TimeUnit.MILLISECONDS);
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // The reader meets the same trouble and reports it.
    }
  }

  /** Something has come. */
  void sign() {
    lastSign = System.nanoTime();
  }

  /** Whether the stream was closed for want of data. */
  boolean stalled() {
    return stalled;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
