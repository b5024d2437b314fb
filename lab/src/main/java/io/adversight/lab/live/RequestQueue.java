package io.adversight.lab.live;

import io.adversight.lab.http.HttpStatusException;
import io.adversight.lab.work.Workers;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one type of one panel: one runs, one may wait, and a newer one replaces both. The
 * running one has a short grace period, so that a moving slider shows something, and is then
 * cancelled.
 */
final class RequestQueue {
  private final Workers workers;
  private final ScheduledExecutorService clock;
  private final Duration grace;
  private final Consumer<LiveRequest> handler;
  private final BiConsumer<LiveRequest, HttpStatusException> rejection;
  private @Nullable LiveRequest running;
  private @Nullable LiveRequest waiting;
  private long started;

  RequestQueue(
      Workers workers,
      ScheduledExecutorService clock,
      Duration grace,
      Consumer<LiveRequest> handler,
      BiConsumer<LiveRequest, HttpStatusException> rejection) {
    this.workers = workers;
    this.clock = clock;
    this.grace = grace;
    this.handler = handler;
    this.rejection = rejection;
  }

  /** Adds a request that is newer than all before. */
  synchronized void take(LiveRequest request) {
    LiveRequest before = running;
    if (before == null) {
      start(request);
      return;
    }
    waiting = request;
    long left = grace.toNanos() - (System.nanoTime() - started);
    if (left <= 0) {
      before.cancel().set(true);
    } else {
      ScheduledFuture<?> unused =
          clock.schedule(() -> before.cancel().set(true), left, TimeUnit.NANOSECONDS);
    }
  }

  /** Cancels the running request and drops the waiting one; returns the running one. */
  synchronized @Nullable LiveRequest cancel() {
    waiting = null;
    if (running != null) {
      running.cancel().set(true);
    }
    return running;
  }

  private void start(LiveRequest request) {
    running = request;
    started = System.nanoTime();
    try {
      workers.execute(() -> run(request));
    } catch (HttpStatusException busy) {
      running = null;
      rejection.accept(request, busy);
    }
  }

  private void run(LiveRequest request) {
    synchronized (this) {
      started = System.nanoTime();
    }
    try {
      if (!request.cancel().get()) {
        handler.accept(request);
      }
    } finally {
      next();
    }
  }

  private synchronized void next() {
    running = null;
    LiveRequest newest = waiting;
    waiting = null;
    if (newest != null) {
      start(newest);
    }
  }
}
