package io.adversight.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stops work in an orderly way when the program is interrupted or told to end; close it when the
 * work is done.
 */
final class Cancelling implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final AtomicBoolean flag = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "cancelling");

  private Cancelling() {}

  /** From now on Ctrl-C or SIGTERM raises the flag and waits for the current step to end. */
  static Cancelling open() {
    Cancelling cancelling = new Cancelling();
    Runtime.getRuntime().addShutdownHook(cancelling.hook);
    return cancelling;
  }

  private void stop() {
    flag.set(true);
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("adversight: stopped in the middle of a step; finished parts are kept");
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
      return; // the program is ending, which is what the hook is for
    }
  }
}
