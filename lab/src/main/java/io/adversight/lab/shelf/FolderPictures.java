package io.adversight.lab.shelf;

import io.adversight.home.Sha256;
import io.adversight.image.ImageFiles;
import io.adversight.input.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The pictures of a folder and of the folders in it; those in a folder have its name as their
 * class. Visitors name them by hashes, never by paths.
 */
final class FolderPictures {
  private static final int MOST = 5000;

  private final Optional<Path> folder;
  private final long maxPixels;

  FolderPictures(Optional<Path> folder, long maxPixels) {
    folder
        .filter(path -> !Files.isDirectory(path))
        .ifPresent(
            path -> {
              throw new InputException(
                  "%s is not a folder; name a folder of pictures".formatted(path));
            });
    this.folder = folder.map(path -> path.toAbsolutePath().normalize());
    this.maxPixels = maxPixels;
  }

  boolean isThere() {
    return folder.isPresent();
  }

  /** The pictures by id, in the order of their names. */
  Map<String, ShelfPicture> list() {
    Map<String, ShelfPicture> pictures = new LinkedHashMap<>();
    if (folder.isPresent()) {
      try (Stream<Path> files = Files.walk(folder.get(), 2)) {
        files
            .filter(file -> Files.isRegularFile(file) && ImageFiles.hasPictureName(file))
            .sorted()
            .limit(MOST)
            .forEach(
                file -> {
                  ShelfPicture picture = picture(folder.get(), file);
                  pictures.put(picture.id(), picture);
                });
      } catch (IOException e) {
        throw new UncheckedIOException("the folder of pictures cannot be read", e);
      }
    }
    return pictures;
  }

  private ShelfPicture picture(Path root, Path file) {
    Path relative = root.relativize(file);
    String id =
        "f-" + Sha256.of(relative.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    Path parent = relative.getParent();
    return new ShelfPicture(
        id,
        String.valueOf(file.getFileName()),
        parent == null ? String.valueOf(root.getFileName()) : parent.toString(),
        OptionalInt.empty(),
        parent == null ? Optional.empty() : Optional.of(parent.toString()),
        Optional.empty(),
        () -> ImageFiles.read(file, maxPixels));
  }
}
