package io.adversight.run;

import java.util.concurrent.atomic.AtomicInteger;

/** What was spent on one image. */
public final class Counter {
  private final AtomicInteger forwards = new AtomicInteger();
  private final AtomicInteger backwards = new AtomicInteger();
  private final AtomicInteger iterations = new AtomicInteger();

  /** Forward passes; for a black-box attack, its queries. */
  public int forwards() {
    return forwards.get();
  }

  /** Backward passes. */
  public int backwards() {
    return backwards.get();
  }

  /** Steps of an iterative algorithm. */
  public int iterations() {
    return iterations.get();
  }

  void addForward() {
    forwards.incrementAndGet();
  }

  void addBackward() {
    backwards.incrementAndGet();
  }

  void addIteration() {
    iterations.incrementAndGet();
  }
}
