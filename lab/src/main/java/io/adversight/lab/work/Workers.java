package io.adversight.lab.work;

import io.adversight.lab.http.HttpStatusException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread pool with a bounded queue: a full queue answers 503. */
public final class Workers implements AutoCloseable {
  private final ThreadPoolExecutor pool;
  private final int waiting;

  /**
   * A pool.
   *
   * @param name of its threads
   * @param threads how many pieces of work are done at a time
   * @param waiting how many may wait
   */
  public Workers(String name, int threads, int waiting) {
    AtomicInteger number = new AtomicInteger();
    this.waiting = waiting;
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(waiting),
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Does some work later.
   *
   * @throws HttpStatusException if too much is waiting already
   */
  public void execute(Runnable work) {
    try {
      pool.execute(work);
    } catch (RejectedExecutionException e) {
      throw busy();
    }
  }

  /**
   * Does some work and waits for it.
   *
   * @throws HttpStatusException if too much is waiting already
   */
  public <T> T call(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    execute(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw HttpStatusException.busy("the server is stopping");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw HttpStatusException.busy("the memory does not suffice for this; try less at once");
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private HttpStatusException busy() {
    return HttpStatusException.busy(
        pool.isShutdown()
            ? "the server is stopping"
            : "the server is busy: %s pieces of work are being done and %s wait"
                .formatted(pool.getMaximumPoolSize(), waiting));
  }

  /** How many pieces of work wait. */
  public int queued() {
    return pool.getQueue().size();
  }

  /** How many pieces of work are being done. */
  public int active() {
    return pool.getActiveCount();
  }

  /** Takes no more work; what runs may end, for some seconds. */
  @Override
  public void close() {
    pool.getQueue().clear();
    pool.shutdown();
    try {
      if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
        pool.shutdownNow();
        pool.awaitTermination(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
