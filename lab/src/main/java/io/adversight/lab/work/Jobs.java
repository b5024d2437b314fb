package io.adversight.lab.work;

import io.adversight.input.UnknownNameException;
import io.adversight.lab.http.Failure;
import io.adversight.lab.http.HttpStatusException;
import io.adversight.lab.http.OneOf;
import io.adversight.run.Progress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Jobs that outlive the request that started them: downloads and studies. */
public final class Jobs implements AutoCloseable {
  private static final int AT_A_TIME = 2;
  private static final int KEPT = 200;
  private static final long PATIENCE_SECONDS = 8;

  private final Workers workers = new Workers("lab-job", AT_A_TIME, 4);
  private final Map<String, RunningJob> all = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  /**
   * How far a piece of work has come.
   *
   * @param subject what is worked on
   * @param state waiting, running, done, failed or cancelled
   * @param error why it failed
   */
  public record Job(
      String id,
      String kind,
      String subject,
      @OneOf({"waiting", "running", "done", "failed", "cancelled"}) String state,
      long done,
      long total,
      String unit,
      @Nullable String error) {
    /** Work that need not be done. */
    public static Job done(String kind, String subject, long total, String unit) {
      return new Job("j0", kind, subject, "done", total, total, unit, null);
    }
  }

  /** A piece of work. */
  @FunctionalInterface
  public interface Work {
    /** Does it, reports progress, and stops when {@code cancel} is set. */
    void run(Progress progress, AtomicBoolean cancel);
  }

  private static final class RunningJob {
    private final int order;
    private final AtomicBoolean cancel = new AtomicBoolean();
    private volatile Job job;
    private volatile long ended;

    RunningJob(int order, Job job) {
      this.order = order;
      this.job = job;
    }

    boolean is(String kind, String subject) {
      return job.kind().equals(kind) && job.subject().equals(subject);
    }

    void set(String state, @Nullable String error) {
      Job now = job;
      job =
          new Job(
              now.id(),
              now.kind(),
              now.subject(),
              state,
              now.done(),
              now.total(),
              now.unit(),
              error);
    }

    /**
     * Ends before the state is published, so that a client that sees the last state may start it
     * again.
     */
    void end(String state, @Nullable String error) {
      ended = System.nanoTime();
      set(state, error);
    }

    void at(long done, long total) {
      Job now = job;
      job =
          new Job(now.id(), now.kind(), now.subject(), now.state(), done, total, now.unit(), null);
    }

    boolean isOver() {
      return ended != 0;
    }
  }

  /**
   * Starts a job, or returns the unfinished one of the same subject.
   *
   * @throws HttpStatusException if the queue is full
   */
  public synchronized Job start(String kind, String subject, String unit, Work work) {
    Optional<RunningJob> same =
        all.values().stream().filter(job -> !job.isOver() && job.is(kind, subject)).findFirst();
    if (same.isPresent()) {
      return same.get().job;
    }
    removeOld();
    int order = number.incrementAndGet();
    String id = "j" + order;
    RunningJob job = new RunningJob(order, new Job(id, kind, subject, "waiting", 0, 0, unit, null));
    workers.execute(() -> run(job, work));
    all.put(id, job);
    return job.job;
  }

  private static void run(RunningJob job, Work work) {
    try {
      if (job.cancel.get()) {
        job.end("cancelled", null);
        return;
      }
      job.set("running", null);
      work.run((done, total, unit) -> job.at(done, total), job.cancel);
      job.end("done", null);
    } catch (CancellationException e) {
      job.end("cancelled", null);
    } catch (RuntimeException | OutOfMemoryError e) {
      boolean wanted = job.cancel.get();
      job.end(wanted ? "cancelled" : "failed", wanted ? null : Failure.of(e).failure().error());
    }
  }

  private void removeOld() {
    List<Map.Entry<String, RunningJob>> over =
        all.entrySet().stream()
            .filter(entry -> entry.getValue().isOver())
            .sorted(Comparator.comparingLong(entry -> entry.getValue().ended))
            .toList();
    long now = System.nanoTime();
    for (int i = 0; i < over.size(); i++) {
      boolean old = now - over.get(i).getValue().ended > Duration.ofHours(2).toNanos();
      if (old || over.size() - i > KEPT) {
        all.remove(over.get(i).getKey());
      }
    }
  }

  /** How far a piece of work has come. */
  public Job find(String id) {
    return job(id).job;
  }

  /** The latest work on a subject, if it is known. */
  public Optional<Job> ofSubject(String kind, String subject) {
    return all.values().stream()
        .filter(job -> job.is(kind, subject))
        .max(Comparator.comparingInt(job -> job.order))
        .map(job -> job.job);
  }

  private RunningJob job(String id) {
    RunningJob job = all.get(id);
    if (job == null) {
      throw new UnknownNameException("there is no job of this id any more");
    }
    return job;
  }

  /** Cancels a piece of work; it stops at its next step. */
  public Job cancel(String id) {
    RunningJob job = job(id);
    job.cancel.set(true);
    return job.job;
  }

  /** How many pieces of work go on or wait. */
  public long active() {
    return all.values().stream().filter(job -> !job.isOver()).count();
  }

  /** Cancels all work and waits for it to end in good order. */
  @Override
  public void close() {
    all.values().forEach(job -> job.cancel.set(true));
    long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    try {
      while (active() > 0 && System.nanoTime() < end) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.close();
  }
}
