package io.adversight.tensor;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.Pointer;

/**
 * The most resident memory in bytes that this process may have when a tensor is made; beyond it a
 * tensor is an error in place of a process that the operating system kills.
 *
 * <p>Reading the resident memory takes longer than a small operation, so that it is read once for
 * every {@value #INTERVAL} bytes of tensors. The process can exceed the limit by about that much,
 * or by one tensor that is larger.
 */
final class MemoryLimit {
  private static final long INTERVAL = 64L << 20;

  /** What a tensor takes besides its elements, in bytes: its descriptions here and in libtorch. */
  private static final long DESCRIPTION = 1024;

  private static final int COLLECTIONS = 6;
  private static final long PAUSE_MILLIS = 50;

  private final long limit;
  private final LongSupplier resident;
  private final AtomicLong sinceReading = new AtomicLong();

  MemoryLimit(long limit) {
    this(limit, Pointer::physicalBytes);
  }

  MemoryLimit(long limit, LongSupplier resident) {
    this.limit = limit;
    this.resident = resident;
  }

  /**
   * Takes note of a tensor that was made, of {@code bytes} of elements.
   *
   * @throws TensorException.OutOfMemory if the process is beyond the limit, also without the
   *     tensors that are unreachable
   */
  void made(long bytes) {
    if (sinceReading.addAndGet(bytes + DESCRIPTION) < INTERVAL) {
      return;
    }
    long now = resident.getAsLong();
    for (int i = 0; i < COLLECTIONS && now > limit; i++) {
      freeUnreachable();
      now = resident.getAsLong();
    }
    if (now > limit) {
      throw new TensorException.OutOfMemory(
          "not enough memory for this batch: the process has %s MiB and may have %s MiB"
              .formatted(now >> 20, limit >> 20),
          null);
    }
    sinceReading.set(0);
  }

  private static void freeUnreachable() {
    System.gc();
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // JavaCPP frees on a thread of its own
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean unused = Pointer.trimMemory();
  }
}
