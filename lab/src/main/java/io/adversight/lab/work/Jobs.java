package io.adversight.lab.work;

import io.adversight.input.UnknownNameException;
import io.adversight.lab.http.Failure;
import io.adversight.lab.http.Refusal;
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

/** Work that goes on after the request that started it: downloads and studies. */
public final class Jobs implements AutoCloseable {
  private static final int AT_A_TIME = 2;
  private static final int KEPT = 200;
  private static final long PATIENCE_SECONDS = 8;

  private final Workers workers = new Workers("lab-job", AT_A_TIME, 4);
  private final Map<String, Going> all = new ConcurrentHashMap<>();
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
      String state,
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
    /** Does it, tells how far it has come, and stops when {@code cancel} is raised. */
    void run(Progress progress, AtomicBoolean cancel);
  }

  private static final class Going {
    private final int order;
    private final AtomicBoolean cancel = new AtomicBoolean();
    private volatile Job job;
    private volatile long ended;

    Going(int order, Job job) {
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

    /** Over first, so that whoever sees the last state may start the same again. */
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
   * Starts a piece of work, or returns that which goes on already for the same subject.
   *
   * @throws Refusal if too much goes on
   */
  public synchronized Job start(String kind, String subject, String unit, Work work) {
    Optional<Going> same =
        all.values().stream()
            .filter(going -> !going.isOver() && going.is(kind, subject))
            .findFirst();
    if (same.isPresent()) {
      return same.get().job;
    }
    forgetOld();
    int order = number.incrementAndGet();
    String id = "j" + order;
    Going going = new Going(order, new Job(id, kind, subject, "waiting", 0, 0, unit, null));
    workers.execute(() -> run(going, work));
    all.put(id, going);
    return going.job;
  }

  private static void run(Going going, Work work) {
    try {
      if (going.cancel.get()) {
        going.end("cancelled", null);
        return;
      }
      going.set("running", null);
      work.run((done, total, unit) -> going.at(done, total), going.cancel);
      going.end("done", null);
    } catch (CancellationException e) {
      going.end("cancelled", null);
    } catch (RuntimeException | OutOfMemoryError e) {
      boolean wanted = going.cancel.get();
      going.end(wanted ? "cancelled" : "failed", wanted ? null : Failure.of(e).failure().error());
    }
  }

  private void forgetOld() {
    List<Map.Entry<String, Going>> over =
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
    return going(id).job;
  }

  /** The latest work on a subject, if it is known. */
  public Optional<Job> ofSubject(String kind, String subject) {
    return all.values().stream()
        .filter(going -> going.is(kind, subject))
        .max(Comparator.comparingInt(going -> going.order))
        .map(going -> going.job);
  }

  private Going going(String id) {
    Going going = all.get(id);
    if (going == null) {
      throw new UnknownNameException("there is no job of this id any more");
    }
    return going;
  }

  /** Cancels a piece of work; it stops at its next step. */
  public Job cancel(String id) {
    Going going = going(id);
    going.cancel.set(true);
    return going.job;
  }

  /** How many pieces of work go on or wait. */
  public long goingOn() {
    return all.values().stream().filter(going -> !going.isOver()).count();
  }

  /** Cancels all work and waits for it to end in good order. */
  @Override
  public void close() {
    all.values().forEach(going -> going.cancel.set(true));
    long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    try {
      while (goingOn() > 0 && System.nanoTime() < end) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.close();
  }
}
