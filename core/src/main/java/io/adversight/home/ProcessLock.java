package io.adversight.home;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock that one thread of one process on the machine can hold.
 *
 * <p>An operating system's file lock belongs to the whole process, and closing any channel to the
 * file ends it; hence the paths held inside this process are noted first. The empty lock file stays
 * behind: deleting it would let two processes lock two files of the same name.
 */
final class ProcessLock implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
  private static final long POLL_MILLIS = 50;

  private final Path path;
  private final FileChannel channel;

  private ProcessLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Waits until no other process works on {@code target}. */
  static ProcessLock on(Path target) throws IOException {
    Path folder = target.toAbsolutePath().normalize().resolveSibling(".locks");
    Files.createDirectories(folder);
    Path path = folder.resolve(String.valueOf(target.getFileName()));
    while (!HELD.add(path)) {
      pause();
    }
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        while (channel.tryLock() == null) {
          pause();
        }
        return new ProcessLock(path, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      HELD.remove(path);
      throw e;
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another process was at work");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(path);
    }
  }
}
