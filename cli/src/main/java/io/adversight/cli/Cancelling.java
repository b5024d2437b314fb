package io.adversight.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stops work in an orderly way when the user interrupts the program; close it when work is done.
 */
final class Cancelling implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final AtomicBoolean flag = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop);

  private Cancelling() {}

  /** From now on Ctrl-C raises the flag and waits some seconds for the work to end. */
  static Cancelling open() {
    Cancelling cancelling = new Cancelling();
    Runtime.getRuntime().addShutdownHook(cancelling.hook);
    return cancelling;
  }

  private void stop() {
    flag.set(true);
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("adversight: the work did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Raised when the work shall stop. */
  AtomicBoolean flag() {
    return flag;
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the program is being stopped, and the hook, which waits for this work, ends by itself
    }
  }
}
