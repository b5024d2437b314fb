package io.adversight.cluster;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;

/**
 * Follows the tasks of a job: reports progress, adds up the time of the cores, and stops the job
 * once more images are broken than may be.
 */
final class JobWatch extends SparkListener {
  /** Before so many images were seen, a share says nothing, unless all their number is known. */
  private static final long ENOUGH = 1000;

  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(15);

  private final SparkContext spark;
  private final LongAccumulator images;
  private final LongAccumulator errors;
  private final Limit limit;
  private final PrintStream log;
  private final AtomicLong coreMillis = new AtomicLong();
  private final AtomicLong cpuNanos = new AtomicLong();
  private final long start = System.nanoTime();
  private long lastLine = start;
  private int parts;
  private volatile boolean exceeded;

  /**
   * What may be broken.
   *
   * @param share of the images
   * @param total images of the job; empty where that is not known before they are read
   * @param parts of the job
   */
  record Limit(double share, Optional<Long> total, int parts) {
    boolean isExceeded(long images, long errors) {
      return errors > share * Math.max(images, total.orElse(ENOUGH));
    }
  }

  JobWatch(
      SparkContext spark,
      LongAccumulator images,
      LongAccumulator errors,
      Limit limit,
      PrintStream log) {
    this.spark = spark;
    this.images = images;
    this.errors = errors;
    this.limit = limit;
    this.log = log;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskMetrics() != null) {
      coreMillis.addAndGet(end.taskMetrics().executorRunTime());
      cpuNanos.addAndGet(end.taskMetrics().executorCpuTime());
    }
    if (!end.taskInfo().successful()) {
      return;
    }
    parts++;
    long now = System.nanoTime();
    if (now - lastLine > INTERVAL) {
      lastLine = now;
      log.println(
          String.format(
              Locale.ROOT,
              "%d of %d parts, %d images, %d error rows, %d s so far",
              parts,
              limit.parts(),
              images.value(),
              errors.value(),
              TimeUnit.NANOSECONDS.toSeconds(now - start)));
    }
    if (!exceeded && limit.isExceeded(images.value(), errors.value())) {
      exceeded = true;
      spark.cancelAllJobs();
    }
  }

  /** Whether this stopped the job. */
  boolean isExceeded() {
    return exceeded;
  }

  /** Seconds that tasks took, added up over the cores. */
  double coreSeconds() {
    return coreMillis.get() / 1e3;
  }

  /** Seconds that the tasks' own threads computed: less than the former where cores are shared. */
  double cpuSeconds() {
    return cpuNanos.get() / 1e9;
  }

  /** Seconds since the job began. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
