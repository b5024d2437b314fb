package io.adversight.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.adversight.tensor.Engine;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What explanations cost beside the passes they cannot do without, in turns within one process and
 * in the processor's own time on one thread, so that what else the machine does disturbs neither.
 */
public final class InterleavedExplanations {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private InterleavedExplanations() {}

  /**
   * Prints processor and wall times of each round in milliseconds, and their ratios.
   *
   * @param args rounds of the panel, and of Score-CAM (default: 5 and 2)
   */
  public static void main(String[] args) {
    int panels = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int scoreCams = args.length > 1 ? Integer.parseInt(args[1]) : 2;
    ExplanationBenchmark work = new ExplanationBenchmark();
    work.open();
    Engine.setThreads(1);
    compare("warming up", 20, work::bareGradient, work::eightMaps);
    for (int round = 0; round < panels; round++) {
      compare("eight maps", 20, work::bareGradient, work::eightMaps);
    }
    for (int round = 0; round < scoreCams; round++) {
      compare("Score-CAM", 1, work::forwardsOfScoreCam, work::scoreCam);
    }
  }

  private static void compare(String name, int turns, Runnable passes, Runnable explanation) {
    long[] own = new long[2];
    long[] wall = new long[2];
    for (int turn = 0; turn < turns; turn++) {
      measure(passes, 0, own, wall);
      measure(explanation, 1, own, wall);
    }
    System.out.printf(
        Locale.ROOT,
        "%s: processor %.1f against %.1f ms, ratio %.2f; wall %.1f against %.1f ms, ratio %.2f%n",
        name,
        own[1] / 1e6 / turns,
        own[0] / 1e6 / turns,
        (double) own[1] / own[0],
        wall[1] / 1e6 / turns,
        wall[0] / 1e6 / turns,
        (double) wall[1] / wall[0]);
  }

  private static void measure(Runnable work, int index, long[] own, long[] wall) {
    long startOwn = SYSTEM.getProcessCpuTime();
    long startWall = System.nanoTime();
    work.run();
    wall[index] += System.nanoTime() - startWall;
    own[index] += SYSTEM.getProcessCpuTime() - startOwn;
  }
}
