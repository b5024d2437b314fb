package io.adversight.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * The same work done by a peer and by Adversight, in turns, so that what else the machine does
 * disturbs both alike.
 *
 * @param work what is done
 * @param peer by whom else
 * @param turns of each, after one that is not counted unless it is the only one
 */
record Comparison(String work, String peer, int turns, Runnable theirs, Runnable ours) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** The head of the table that {@link #print} adds a line to. */
  static void printHead() {
    System.out.println(
        "| work | peer | peer, ms | Adversight, ms | ratio | processor ms: peer, Adversight, ratio"
            + " | peak MB: peer, Adversight |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
  }

  /** Prints a line of a Markdown table: medians, and by how much resident memory grew at most. */
  void print() {
    Times peers = new Times(turns);
    Times own = new Times(turns);
    double theirPeak = ResidentPeak.during(() -> peers.measure(theirs, 0));
    double ourPeak = ResidentPeak.during(() -> own.measure(ours, 0));
    for (int turn = 0; turn < turns && turns > 1; turn++) {
      peers.measure(theirs, turn);
      own.measure(ours, turn);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %.2f | %.0f, %.0f, %.2f | %.0f, %.0f |%n",
        work,
        peer,
        peers.wall(),
        own.wall(),
        peers.wall() / own.wall(),
        peers.processor(),
        own.processor(),
        peers.processor() / own.processor(),
        theirPeak,
        ourPeak);
  }

  /** Milliseconds of each turn. */
  private static final class Times {
    private final double[] wall;
    private final double[] processor;

    Times(int turns) {
      this.wall = new double[turns];
      this.processor = new double[turns];
    }

    void measure(Runnable work, int turn) {
      long startOwn = SYSTEM.getProcessCpuTime();
      long startWall = System.nanoTime();
      work.run();
      wall[turn] = (System.nanoTime() - startWall) / 1e6;
      processor[turn] = (SYSTEM.getProcessCpuTime() - startOwn) / 1e6;
    }

    double wall() {
      return median(wall);
    }

    double processor() {
      return median(processor);
    }

    private static double median(double[] times) {
      return Arrays.stream(times).sorted().toArray()[times.length / 2];
    }
  }
}
