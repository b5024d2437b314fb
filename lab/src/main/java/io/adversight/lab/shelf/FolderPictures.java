package io.adversight.lab.shelf;

import io.adversight.home.Sha256;
import io.adversight.image.ImageFiles;
import io.adversight.input.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.HashMap;
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
  private Listing latest = new Listing(Map.of(), Map.of());

  /** What was found, and when the folders had last changed then. */
  private record Listing(Map<String, ShelfPicture> pictures, Map<Path, FileTime> folders) {}

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

  /** The pictures by id, in the order of their names, read anew. */
  synchronized Map<String, ShelfPicture> list() {
    latest = folder.map(this::read).orElse(latest);
    return latest.pictures();
  }

  /** The picture of an id, if there is one; the folder is read only if it has changed. */
  synchronized Optional<ShelfPicture> find(String id) {
    ShelfPicture known = latest.pictures().get(id);
    if (known == null && folder.isPresent() && !isUnchanged(latest)) {
      known = list().get(id);
    }
    return Optional.ofNullable(known);
  }

  private static boolean isUnchanged(Listing listing) {
    return !listing.folders().isEmpty()
        && listing.folders().entrySet().stream()
            .allMatch(seen -> seen.getValue().equals(changed(seen.getKey())));
  }

  private static FileTime changed(Path folder) {
    try {
      return Files.getLastModifiedTime(folder);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private Listing read(Path root) {
    Map<String, ShelfPicture> pictures = new LinkedHashMap<>();
    Map<Path, FileTime> folders = new HashMap<>();
    folders.put(root, changed(root));
    try (Stream<Path> places = Files.walk(root, 2)) {
      places
          .filter(
              place -> !String.valueOf(place.getFileName()).startsWith(".") || place.equals(root))
          .sorted()
          .limit(MOST)
          .forEach(
              place -> {
                if (Files.isDirectory(place)) {
                  folders.put(place, changed(place));
                } else if (Files.isRegularFile(place) && ImageFiles.hasPictureName(place)) {
                  ShelfPicture picture = picture(root, place);
                  pictures.put(picture.id(), picture);
                }
              });
    } catch (IOException | UncheckedIOException e) {
      throw new UncheckedIOException(
          "the folder of pictures cannot be read", new IOException("unreadable", e));
    }
    return new Listing(Collections.unmodifiableMap(pictures), folders);
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
