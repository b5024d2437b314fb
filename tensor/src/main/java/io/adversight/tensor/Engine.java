package io.adversight.tensor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * The native engine: loaded once, with its threads under control.
 *
 * <p>Implementation notes. (1) With another libtorch installed on the machine the dynamic loader
 * may resolve libtorch_cpu.so against that one and crash; unpacking our own files side by side
 * before anything is loaded makes the loader find them first, through the run path $ORIGIN. (2)
 * OpenBLAS spins its own threads beside OpenMP's and both fight for the cores; one thread for
 * OpenBLAS leaves the parallelism to libtorch.
 */
public final class Engine {
  private static final String LIBTORCH = "libtorch 2.10.0";

  private static final String[] LINUX_LIBRARIES = {
    "libgomp.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so"
  };

  private static final String JAVACPP_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";
  private static final double MEMORY_SHARE = 0.9;

  private static volatile MemoryLimit memoryLimit = new MemoryLimit(Long.MAX_VALUE);

  private Engine() {}

  private static final class Started {
    static final boolean DONE = load();
    static final boolean ONEDNN = OneDnn.check();

    private static boolean load() {
      limitMemory();
      NativeCache.choose();
      String platform = Loader.getPlatform();
      if (platform.startsWith("linux")) {
        for (String library : LINUX_LIBRARIES) {
          URL url = torch.class.getResource("/org/bytedeco/pytorch/" + platform + "/" + library);
          if (url != null) {
            unpack(url);
          }
        }
      }
      Loader.load(openblas_nolapack.class);
      openblas_nolapack.blas_set_num_threads(1);
      Loader.load(torch.class);
      return true;
    }

    /**
     * By default JavaCPP allows four times the Java heap, and reads the resident memory for every
     * tensor; what counts is the machine's memory. Where the user sets JavaCPP's limit, that holds.
     */
    private static void limitMemory() {
      if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
          && System.getProperty(JAVACPP_LIMIT) == null) {
        System.setProperty(JAVACPP_LIMIT, "0");
        memoryLimit = new MemoryLimit((long) (system.getTotalMemorySize() * MEMORY_SHARE));
      }
    }

    private static void unpack(URL url) {
      try {
        Loader.cacheResource(url);
      } catch (IOException e) {
        throw new UncheckedIOException("the native libraries could not be unpacked", e);
      }
    }
  }

  /** Loads the native libraries, once; called by everything in this package that needs them. */
  static void start() {
    if (!Started.DONE) {
      throw new IllegalStateException("the native engine did not load");
    }
  }

  /**
   * What results state as their provenance: libtorch's version, and that it computes without oneDNN
   * where that is wrong on this processor.
   */
  public static String version() {
    start();
    return Started.ONEDNN ? LIBTORCH : LIBTORCH + " without oneDNN, which is wrong here";
  }

  static MemoryLimit memoryLimit() {
    return memoryLimit;
  }

  static void limitMemory(MemoryLimit limit) {
    memoryLimit = limit;
  }

  /** How many threads one operation may use. */
  public static int threads() {
    start();
    return torch.get_num_threads();
  }

  /**
   * Sets how many threads one operation may use.
   *
   * @throws IllegalArgumentException if {@code threads} is not positive
   */
  public static void setThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but was " + threads);
    }
    start();
    torch.set_num_threads(threads);
  }

  /**
   * Gives native memory that was freed back to the operating system. It is kept otherwise, as the
   * next pass needs it again.
   */
  public static void returnFreedMemory() {
    start();
    boolean unused = Pointer.trimMemory();
  }

  /** Resident memory of this process in bytes, as the operating system counts it. */
  public static long residentBytes() {
    start();
    return Pointer.physicalBytes();
  }
}
