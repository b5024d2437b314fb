package io.adversight.file;

import io.adversight.input.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An exclusive lock on a folder, or on a file, across the processes of one machine. The file {@code
 * .lock} in the folder, or {@code .FILE.lock} beside the file, names the owner. The operating
 * system releases the lock of a process that ends, so the file of a killed process does not block
 * others. Closing the lock removes the file, and the folder as well if the lock created it and
 * nothing was written.
 *
 * <p>A lock of the operating system belongs to a whole process and is lost when any channel to the
 * file is closed; therefore the folders locked by this process are recorded, and their lock files
 * are not opened again. A process that has the lock file open while its owner removes it would lock
 * a file that is no longer in the folder: the owner marks the file before it removes it, and a
 * process that reads the mark starts again.
 */
public final class FolderLock implements AutoCloseable {
  private static final String NAME = ".lock";
  private static final String RELEASED = "r";
  private static final int TRIES = 100;

  /** The locked byte lies beyond the text, which others may read on every system. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  /**
   * What is locked.
   *
   * @param target the folder or file as it was named
   * @param folder where the lock lies: the target, or the folder that a file lies in
   * @param name of the lock
   * @param other what to give instead where the target is in use
   */
  private record Place(Path target, Path folder, String name, String other) {
    Path lock() {
      return folder.resolve(name);
    }
  }

  private final Place place;
  private final Path key;
  private final FileChannel channel;
  private final List<Path> made;

  private FolderLock(Place place, Path key, FileChannel channel, List<Path> made) {
    this.place = place;
    this.key = key;
    this.channel = channel;
    this.made = made;
  }

  /**
   * Takes the lock of a folder, making the folder where it is missing.
   *
   * @throws InputException if another process, or another part of this one, has the lock, or the
   *     path is a file
   * @throws UncheckedIOException if the folder cannot be written
   */
  public static FolderLock on(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException("%s is a file; give a folder with --out".formatted(folder));
    }
    return on(new Place(folder, folder, NAME, "another folder with --out"));
  }

  /**
   * Takes the lock of a file that a command writes, which lies beside it as {@code .FILE.lock}.
   *
   * @throws InputException if another process, or another part of this one, has the lock, or the
   *     path is a folder
   * @throws UncheckedIOException if its folder cannot be written
   */
  public static FolderLock onFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException("%s is a folder; give a file".formatted(file));
    }
    return beside(file, "another file");
  }

  /**
   * Locks a folder that is to appear as a whole; the lock is beside it.
   *
   * @throws InputException if another process writes it
   */
  public static FolderLock onWhole(Path folder) {
    return beside(folder, "another folder");
  }

  private static FolderLock beside(Path place, String other) {
    Path absolute = place.toAbsolutePath().normalize();
    Path folder = Optional.ofNullable(absolute.getParent()).orElse(absolute);
    return on(new Place(place, folder, "." + absolute.getFileName() + NAME, other));
  }

  private static FolderLock on(Place place) {
    Path folder = place.folder();
    List<Path> made = new ArrayList<>();
    try {
      for (int i = 0; i < TRIES; i++) {
        Optional<FolderLock> lock =
            make(folder.toAbsolutePath().normalize(), made)
                ? attempt(place, made)
                : Optional.empty();
        if (lock.isPresent()) {
          return lock.get();
        }
      }
      throw new IOException("another process makes and removes it all the time");
    } catch (IOException e) {
      removeEmpty(made);
      throw new UncheckedIOException("the folder %s cannot be written".formatted(folder), e);
    } catch (InputException e) {
      removeEmpty(made);
      throw e;
    }
  }

  /** Whether a file is the lock of the folder that it lies in. */
  static boolean isLock(Path file) {
    return file.endsWith(NAME);
  }

  /** Creates a folder and records what was created; false if it was removed meanwhile. */
  private static boolean make(Path folder, List<Path> made) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path path = folder; path != null && !Files.exists(path); path = path.getParent()) {
      missing.add(0, path);
    }
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      if (isInTheWay(Path.of(e.getFile()))) {
        throw e;
      }
      return false; // another process removed it, and perhaps made it again
    } catch (NoSuchFileException e) {
      return false;
    }
    missing.stream().filter(path -> !made.contains(path)).forEach(made::add);
    return true;
  }

  /** Whether there is something that is no folder, looked at once. */
  private static boolean isInTheWay(Path place) throws IOException {
    try {
      return !Files.readAttributes(place, BasicFileAttributes.class).isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The lock; empty if the lock file was removed meanwhile. */
  private static Optional<FolderLock> attempt(Place place, List<Path> made) throws IOException {
    Path key;
    try {
      key = place.folder().toRealPath().resolve(place.name());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    String holder =
        "%s %s"
            .formatted(
                ProcessHandle.current().pid(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
    String other = HELD.putIfAbsent(key, holder);
    if (other != null) {
      throw inUse(place, other);
    }
    boolean locked = false;
    try {
      FileChannel channel =
          FileChannel.open(
              place.lock(),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        if (!isFree(channel)) {
          throw inUse(place, text(channel));
        }
        String before = text(channel);
        if (!before.startsWith(RELEASED)) {
          channel.truncate(0);
          write(channel, holder);
          locked = true;
        }
        if (locked && !before.isEmpty() && place.folder().equals(place.target())) {
          Folders.deletePartials(place.folder());
        }
      } finally {
        if (!locked) {
          channel.close();
        }
      }
      return locked
          ? Optional.of(new FolderLock(place, key, channel, List.copyOf(made)))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } finally {
      if (!locked) {
        HELD.remove(key);
      }
    }
  }

  /** Locks the file; a file system that knows no locks cannot tell, and lets everybody in. */
  private static boolean isFree(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      return lock != null;
    } catch (IOException e) {
      return true;
    }
  }

  private static InputException inUse(Place place, String holder) {
    String[] words = holder.split(" ", 2);
    String who = words.length < 2 ? "" : " (pid %s, since %s)".formatted(words[0], words[1]);
    return new InputException(
        "another process%s is writing to %s; wait until it has ended, or give %s"
            .formatted(who, place.target(), place.other()));
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(200);
    int read = channel.read(bytes, 0);
    return read <= 0 ? "" : new String(bytes.array(), 0, read, StandardCharsets.UTF_8);
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  @Override
  public void close() {
    try (channel) {
      write(channel, RELEASED);
      Files.deleteIfExists(place.lock());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the lock of %s cannot be removed".formatted(place.target()), e);
    } finally {
      HELD.remove(key);
      removeEmpty(made);
    }
  }

  private static void removeEmpty(List<Path> made) {
    for (int i = made.size() - 1; i >= 0; i--) {
      try {
        Files.deleteIfExists(made.get(i));
      } catch (DirectoryNotEmptyException | AccessDeniedException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException("%s cannot be removed".formatted(made.get(i)), e);
      }
    }
  }
}
