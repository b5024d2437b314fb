package io.adversight.lab.work;

import io.adversight.tensor.Engine;

/**
 * Gives memory back to the operating system where an idle lab holds much more than it last kept:
 * what a large upload left. First Java's heap is collected, by which tensors that nothing refers to
 * are freed too; what was freed is returned at the turn after that, when their memory is free.
 */
public final class MemoryReturn {
  private static final long GROWTH = 128L << 20;

  private long kept = Long.MAX_VALUE;
  private boolean collected;

  /** To be called in regular turns, by one thread, while nothing is computed. */
  public void idleTurn() {
    long resident = Engine.residentBytes();
    if (collected) {
      Engine.returnFreedMemory();
      collected = false;
      kept = Engine.residentBytes();
    } else if (resident - kept > GROWTH) {
      System.gc();
      collected = true;
    } else {
      kept = Math.min(kept, resident);
    }
  }
}
