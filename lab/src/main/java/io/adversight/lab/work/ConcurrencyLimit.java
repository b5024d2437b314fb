package io.adversight.lab.work;

import io.adversight.lab.http.HttpStatusException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** A limit on how many calls run at a time, each in its caller's thread. */
public final class ConcurrencyLimit {
  private final Semaphore free;
  private final String what;

  /**
   * All turns free.
   *
   * @param most how many may go on at a time
   * @param what is limited, for messages
   */
  public ConcurrencyLimit(int most, String what) {
    this.free = new Semaphore(most);
    this.what = what;
  }

  /**
   * Does something now.
   *
   * @throws HttpStatusException if the limit is reached
   */
  public <T> T take(Supplier<T> work) {
    if (!free.tryAcquire()) {
      throw HttpStatusException.busy(
          "the server is busy with other %s; send it again".formatted(what));
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
