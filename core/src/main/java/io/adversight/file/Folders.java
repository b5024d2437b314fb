package io.adversight.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What folders of results have in common. */
public final class Folders {
  private Folders() {}

  /**
   * Whether a folder may take new results: it is missing, or holds nothing but hidden files of the
   * program itself.
   */
  public static boolean isVacant(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(entry -> FolderLock.isLock(entry) || AtomicFile.isPartial(entry));
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be read".formatted(folder), e);
    }
  }

  /** Removes a file, or a folder with all that is in it; what is missing is no error. */
  public static void delete(Path top) throws IOException {
    if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Removes what an interrupted process left half-written under a folder. */
  static void deletePartials(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            return removed(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            removed(path);
            return FileVisitResult.CONTINUE;
          }

          private boolean removed(Path path) throws IOException {
            boolean partial = AtomicFile.isPartial(path);
            if (partial) {
              delete(path);
            }
            return partial;
          }
        });
  }
}
