package io.adversight.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.input.InputException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path folder;

  /** What another process does: takes the lock, says so, and waits to be killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      try (FolderLock lock = FolderLock.on(Path.of(args[0]))) {
        Files.writeString(Path.of(args[0], "." + "0".repeat(36) + ".partial"), "half");
        System.out.println("held");
        System.out.flush();
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void namesTheProcessThatHoldsItAndIsFreeWhenThatIsKilled() throws Exception {
    Path out = folder.resolve("out");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(
                    File.pathSeparator,
                    classes(FolderLock.class),
                    classes(InputException.class),
                    classes(Holder.class)),
                Holder.class.getName(),
                out.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FolderLock.on(out))
          .withMessageContaining("pid %s, since 2".formatted(other.pid()))
          .withMessageContaining("give another folder with --out");
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(out.resolve(".lock")).exists();
    try (FolderLock lock = FolderLock.on(out)) {
      try (var left = Files.list(out)) {
        assertThat(left.map(file -> file.getFileName().toString())).containsExactly(".lock");
      }
    }
    assertThat(out).isEmptyDirectory(); // the killed process made it, not this one
  }

  private static String classes(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Test
  void keepsWhatWasWrittenAndRemovesWhatItMadeItself() throws IOException {
    Path out = folder.resolve("a/b");
    try (FolderLock lock = FolderLock.on(out)) {
      assertThat(Folders.isVacant(out)).isTrue();
    }
    assertThat(folder.resolve("a")).doesNotExist();

    try (FolderLock lock = FolderLock.on(out)) {
      Files.writeString(out.resolve("result"), "42");
    }
    assertThat(Folders.isVacant(out)).isFalse();
    assertThat(out.resolve("result")).exists();
    assertThat(out.resolve(".lock")).doesNotExist();
  }

  @Test
  void isHeldByOneOfManyThreadsAtATime() throws Exception {
    Path out = folder.resolve("out");
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger got = new AtomicInteger();
    Callable<Integer> taker =
        () -> {
          int most = 0;
          while (got.get() < 200) {
            try (FolderLock lock = FolderLock.on(out)) {
              most = Math.max(most, inside.incrementAndGet());
              got.incrementAndGet();
              inside.decrementAndGet();
            } catch (IllegalArgumentException e) {
              Thread.onSpinWait();
            }
          }
          return most;
        };
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> most =
          pool.invokeAll(IntStream.range(0, 4).mapToObj(i -> taker).toList());
      for (Future<Integer> one : most) {
        assertThat(one.get()).isLessThanOrEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(Folders.isVacant(out)).isTrue();
    assertThat(out.resolve(".lock")).doesNotExist();
  }

  @Test
  void namesTheFolderThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> FolderLock.on(file.resolve("below")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot be written");
    assertThatIllegalArgumentException().isThrownBy(() -> FolderLock.on(file));
  }
}
