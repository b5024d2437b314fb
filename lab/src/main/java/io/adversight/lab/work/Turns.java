package io.adversight.lab.work;

import io.adversight.lab.http.Refusal;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Something of which only so much may go on at a time, in the threads of those who ask. */
public final class Turns {
  private final Semaphore free;
  private final String what;

  /**
   * All turns free.
   *
   * @param most how many may go on at a time
   * @param what goes on, as a message calls it
   */
  public Turns(int most, String what) {
    this.free = new Semaphore(most);
    this.what = what;
  }

  /**
   * Does something now.
   *
   * @throws Refusal if too much of it goes on already
   */
  public <T> T take(Supplier<T> work) {
    if (!free.tryAcquire()) {
      throw Refusal.busy("the server is busy with other %s; send it again".formatted(what));
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
