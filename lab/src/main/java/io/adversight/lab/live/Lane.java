package io.adversight.lab.live;

import io.adversight.lab.http.Refusal;
import io.adversight.lab.work.Workers;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one type of one panel: one is being answered, one may wait, and a newer one
 * takes the place of both. What is being answered gets a short grace, so that a moving slider shows
 * something, and is then cancelled.
 */
final class Lane {
  private final Workers workers;
  private final ScheduledExecutorService clock;
  private final Duration grace;
  private final Consumer<Question> answering;
  private final BiConsumer<Question, Refusal> refusing;
  private @Nullable Question running;
  private @Nullable Question waiting;
  private long started;

  Lane(
      Workers workers,
      ScheduledExecutorService clock,
      Duration grace,
      Consumer<Question> answering,
      BiConsumer<Question, Refusal> refusing) {
    this.workers = workers;
    this.clock = clock;
    this.grace = grace;
    this.answering = answering;
    this.refusing = refusing;
  }

  /** Takes a question that is newer than all before. */
  synchronized void take(Question question) {
    Question before = running;
    if (before == null) {
      start(question);
      return;
    }
    waiting = question;
    long left = grace.toNanos() - (System.nanoTime() - started);
    if (left <= 0) {
      before.cancel().set(true);
    } else {
      ScheduledFuture<?> unused =
          clock.schedule(() -> before.cancel().set(true), left, TimeUnit.NANOSECONDS);
    }
  }

  /** Cancels what is being answered and forgets what waits; returns what was being answered. */
  synchronized @Nullable Question cancel() {
    waiting = null;
    if (running != null) {
      running.cancel().set(true);
    }
    return running;
  }

  private void start(Question question) {
    running = question;
    started = System.nanoTime();
    try {
      workers.execute(() -> run(question));
    } catch (Refusal busy) {
      running = null;
      refusing.accept(question, busy);
    }
  }

  private void run(Question question) {
    synchronized (this) {
      started = System.nanoTime();
    }
    try {
      if (!question.cancel().get()) {
        answering.accept(question);
      }
    } finally {
      next();
    }
  }

  private synchronized void next() {
    running = null;
    Question newest = waiting;
    waiting = null;
    if (newest != null) {
      start(newest);
    }
  }
}
