package io.adversight.home;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes a stream from which too little has come for too long, so that its reader wakes up. */
final class RateWatch implements AutoCloseable {
  private static final int PARTS = 4;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "rate-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final InputStream in;
  private final long leastBytes;
  private final Queue<Long> totals = new ArrayDeque<>(); // after each part of the window
  private long total;
  private boolean tooSlow;
  private long inWindow;

  /** Watches until it is closed; the window moves on by quarters. */
  RateWatch(InputStream in, Patience patience) {
    this.in = in;
    this.leastBytes = patience.leastBytes();
    totals.add(0L);
    long period = Math.max(1, patience.window().toNanos() / PARTS);
    var unused = clock.scheduleAtFixedRate(this::tick, period, period, TimeUnit.NANOSECONDS);
  }

  /** A part of the window is over. */
  private synchronized void tick() {
    totals.add(total);
    if (totals.size() > PARTS) {
      inWindow = total - totals.remove();
      if (inWindow < leastBytes) {
        tooSlow = true;
        clock.shutdown();
        close(in);
      }
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // The reader meets the same trouble and reports it.
    }
  }

  /** Some bytes have come. */
  synchronized void came(int bytes) {
    total += bytes;
  }

  /** Whether the stream was closed because too little came. */
  synchronized boolean tooSlow() {
    return tooSlow;
  }

  /** The bytes that came in the last whole window. */
  synchronized long inWindow() {
    return inWindow;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
