package io.adversight.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Writes files under a name of their own first and then moves them to their place, so that a reader
 * finds a file whole or not at all. A process that is killed leaves at most a hidden file {@code
 * .UUID.partial}, which {@link FolderLock} removes when the next one works in that folder.
 */
public final class AtomicFile {
  private static final Pattern PARTIAL = Pattern.compile("\\.[0-9a-f-]{36}\\.partial");

  private AtomicFile() {}

  /** Fills a file or folder that has a name of its own until it is complete. */
  @FunctionalInterface
  public interface Content {
    /** Writes to {@code partial}, which does not exist yet. */
    void writeTo(Path partial) throws IOException;
  }

  /** Writes or replaces a file, making its folder where needed. */
  public static void write(Path file, byte[] bytes) {
    write(file, partial -> Files.write(partial, bytes, StandardOpenOption.CREATE_NEW));
  }

  /** Writes or replaces a UTF-8 text file, making its folder where needed. */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes or replaces a file that others rely on, such as the record that a part of the work is
   * complete: its bytes are on the disk before it is in its place, so that a power failure leaves
   * the old file or the new one.
   */
  public static void writeDurably(Path file, byte[] bytes) {
    write(
        file,
        partial -> {
          try (FileChannel channel =
              FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
              channel.write(rest);
            }
            channel.force(true);
          }
        });
  }

  private static void write(Path file, Content content) {
    try {
      place(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), e);
    }
  }

  /**
   * Puts a file or folder in its place in one step. A file of that name is replaced; a folder of
   * that name must be empty.
   */
  public static void place(Path target, Content content) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path partial = absolute.resolveSibling(".%s.partial".formatted(UUID.randomUUID()));
    Files.createDirectories(partial.getParent());
    try {
      content.writeTo(partial);
      move(partial, absolute);
    } finally {
      Folders.delete(partial);
    }
  }

  /** Moves a complete file or folder to its place in the same folder, replacing a file there. */
  public static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Whether a file or folder is one that was not completed. */
  static boolean isPartial(Path path) {
    return PARTIAL.matcher(String.valueOf(path.getFileName())).matches();
  }
}
