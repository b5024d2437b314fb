package io.adversight.mutation;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads damaged inputs and fails unless every one of them is either read or refused as documented:
 * with an exception of the named types whose message is one line for users, within bounded
 * processor time and memory. Time is that of the reading thread, so that a busy machine changes
 * nothing.
 *
 * @param mutations the inputs
 * @param inputs how many are read, those of the seeds 0, 1, ...
 * @param allowed exceptions with which an input may be refused
 * @param time the processor time that one input may take
 * @param heap the bytes that the reading of one input may allocate on the Java heap
 */
public record ReaderCheck(
    Mutations mutations,
    int inputs,
    List<Class<? extends Exception>> allowed,
    Duration time,
    long heap) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What must not appear in a message to a user: internal names and control characters. */
  private static final Pattern INTERNAL =
      Pattern.compile(
          "\\p{Cntrl}|\\bnull$|Exception\\b|\\bjava\\.|\\bio\\.adversight|\\btools\\.jackson"
              + "|\\.cpp\\b|\\bc10\\b|\\bat::|out of bounds for length");

  private static final int LONGEST_MESSAGE = 2200;

  /** Three hundred inputs, each within 5 s of processor time and 256 MB. */
  public ReaderCheck(Mutations mutations, List<Class<? extends Exception>> allowed) {
    this(mutations, 300, allowed, Duration.ofSeconds(5), 256L << 20);
  }

  public ReaderCheck {
    allowed = List.copyOf(allowed);
  }

  /** This check with another number of inputs. */
  public ReaderCheck inputs(int count) {
    return new ReaderCheck(mutations, count, allowed, time, heap);
  }

  /** A reader of whole inputs. */
  @FunctionalInterface
  public interface Reader {
    /** Reads {@code input} and uses what it holds. */
    void read(byte[] input) throws Exception;
  }

  /**
   * How many inputs were read, and how many refused. A test asserts that both happened: otherwise
   * the inputs are too damaged, or not damaged enough, to say anything.
   *
   * @param read without an exception
   * @param refused with an exception of an allowed type
   */
  public record Outcome(int read, int refused) {}

  /**
   * Has the reader read every input.
   *
   * @throws AssertionError naming the seed, at the first input that is treated in any other way
   */
  public Outcome run(Reader reader) {
    Worker worker = new Worker(reader);
    Thread thread = new Thread(worker, "reader");
    thread.setDaemon(true);
    thread.start();
    try {
      do {
        thread.join(100);
        long used = THREADS.getThreadCpuTime(thread.getId()) - worker.began;
        if (thread.isAlive() && worker.began > 0 && used > time.toNanos()) {
          throw failure(worker.seed, "takes more than " + time, trace(thread), null);
        }
      } while (thread.isAlive());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    AssertionError failed = worker.failed.get();
    if (failed != null) {
      throw failed;
    }
    return new Outcome(worker.read, inputs - worker.read);
  }

  private static String trace(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(frame -> "\n  at " + frame)
        .collect(Collectors.joining());
  }

  private AssertionError failure(long seed, String what, String more, @Nullable Throwable cause) {
    return new AssertionError(
        "the input of seed %s (%s bytes) %s%s"
            .formatted(seed, mutations.input(seed).length, what, more),
        cause);
  }

  private final class Worker implements Runnable {
    private final Reader reader;
    private final AtomicReference<@Nullable AssertionError> failed = new AtomicReference<>();
    private volatile long seed;
    private volatile long began;
    private volatile int read;

    Worker(Reader reader) {
      this.reader = reader;
    }

    @Override
    public void run() {
      try {
        int done = 0;
        for (int i = 0; i < inputs; i++) {
          done += isRead(i) ? 1 : 0;
        }
        read = done;
      } catch (AssertionError e) {
        failed.set(e);
      }
    }

    private boolean isRead(int number) {
      byte[] input = mutations.input(number);
      seed = number;
      long before = THREADS.getCurrentThreadAllocatedBytes();
      began = THREADS.getCurrentThreadCpuTime();
      boolean fine = true;
      try {
        reader.read(input);
      } catch (Throwable e) {
        fine = false;
        if (allowed.stream().noneMatch(type -> type.isInstance(e))) {
          throw failure(number, "is answered by " + e, "", e);
        }
        String message = String.valueOf(e.getMessage());
        if (message.length() > LONGEST_MESSAGE || INTERNAL.matcher(message).find()) {
          throw failure(number, "is refused with a message that is not for users: ", message, e);
        }
      }
      long used = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (used > heap) {
        throw failure(number, "takes %s MB of the heap".formatted(used >> 20), "", null);
      }
      return fine;
    }
  }
}
