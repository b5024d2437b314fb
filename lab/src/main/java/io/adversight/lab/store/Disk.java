package io.adversight.lab.store;

import io.adversight.home.DataHome;
import io.adversight.lab.http.HttpStatusException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a lab keeps on its disk for its users, held against its {@link Quota}. The folder of a run
 * is counted once and followed while the run writes to it. Safe for use by several threads.
 */
public final class Disk {
  private final Path networks;
  private final Path runs;
  private final Quota quota;
  private final Map<String, Long> bytesOfRuns = new ConcurrentHashMap<>();

  /** How much of the quota is taken. */
  public record DiskUse(int runs, int mostRuns, long bytes, long mostBytes) {}

  /** The disk of a data home. */
  public Disk(DataHome home, Quota quota) {
    this.networks = home.models();
    this.runs = home.folder().resolve("lab").resolve("studies");
    this.quota = quota;
  }

  /** The folder in which every run has its own. */
  public Path runs() {
    return runs;
  }

  /** How much is taken now. */
  public DiskUse use() {
    return new DiskUse(names(runs).size(), quota.runs(), bytes(), quota.bytes());
  }

  /**
   * Makes sure that one more network fits.
   *
   * @param kept how many there are
   * @throws HttpStatusException if it does not
   */
  void ensureNetworkFits(int kept, long bytes) {
    if (kept >= quota.networks()) {
      throw full("keeps at most %s networks, and has as many".formatted(quota.networks()));
    }
    ensureFits(bytes);
  }

  /**
   * Makes sure that one more run fits.
   *
   * @throws HttpStatusException if it does not
   */
  public void ensureRunFits() {
    if (names(runs).size() >= quota.runs()) {
      throw full("keeps at most %s runs, and has as many".formatted(quota.runs()));
    }
    ensureFits(1);
  }

  /**
   * Makes sure that so many more bytes fit.
   *
   * @throws HttpStatusException if they do not
   */
  public void ensureFits(long more) {
    long bytes = bytes();
    if (bytes + more > quota.bytes()) {
      throw full(
          "keeps networks and runs of at most %s, and has %s"
              .formatted(gigabytes(quota.bytes()), gigabytes(bytes)));
    }
  }

  private static HttpStatusException full(String what) {
    return new HttpStatusException(409, "this lab %s; remove some of them first".formatted(what));
  }

  private static String gigabytes(long bytes) {
    return bytes < 10 << 20
        ? String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20))
        : String.format(Locale.ROOT, "%.2f GB", bytes / (double) (1 << 30));
  }

  /** Counts a folder that a run has written inside its own. */
  public void wrote(String run, Path part) {
    bytesOfRuns.computeIfPresent(run, (name, bytes) -> bytes + bytes(part));
  }

  /** Counts a run again, or no longer where its folder is gone. */
  public void changed(String run) {
    bytesOfRuns.remove(run);
  }

  /** All bytes of networks and runs. */
  private long bytes() {
    List<String> present = names(runs);
    bytesOfRuns.keySet().retainAll(present);
    long sum = bytes(networks);
    for (String run : present) {
      sum += bytesOfRuns.computeIfAbsent(run, name -> bytes(runs.resolve(name)));
    }
    return sum;
  }

  private static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(Files::isDirectory).map(one -> one.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the runs cannot be listed", e);
    }
  }

  /** The bytes of all files in a folder; those that come or go meanwhile may count or not. */
  private static long bytes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long[] sum = {0};
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the bytes of networks and runs cannot be counted", e);
    }
    return sum[0];
  }
}
