package io.adversight.lab.store;

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
 * The images of a folder and of the folders in it; those in a folder have its name as their class.
 * Users name them by hashes, never by paths.
 */
final class FolderImages {
  private static final int MOST = 5000;

  private final Optional<Path> folder;
  private final long maxPixels;
  private Listing latest = new Listing(Map.of(), Map.of());

  /** What was found, and when the folders had last changed then. */
  private record Listing(Map<String, StoredImage> images, Map<Path, FileTime> folders) {}

  FolderImages(Optional<Path> folder, long maxPixels) {
    folder
        .filter(path -> !Files.isDirectory(path))
        .ifPresent(
            path -> {
              throw new InputException(
                  "%s is not a folder; name a folder of images".formatted(path));
            });
    this.folder = folder.map(path -> path.toAbsolutePath().normalize());
    this.maxPixels = maxPixels;
  }

  boolean isThere() {
    return folder.isPresent();
  }

  /** The images by id, in the order of their names, read anew. */
  synchronized Map<String, StoredImage> list() {
    latest = folder.map(this::read).orElse(latest);
    return latest.images();
  }

  /** The image of an id, if there is one; the folder is read only if it has changed. */
  synchronized Optional<StoredImage> find(String id) {
    StoredImage known = latest.images().get(id);
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
    Map<String, StoredImage> images = new LinkedHashMap<>();
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
                } else if (Files.isRegularFile(place) && ImageFiles.hasImageName(place)) {
                  StoredImage image = image(root, place);
                  images.put(image.id(), image);
                }
              });
    } catch (IOException | UncheckedIOException e) {
      throw new UncheckedIOException(
          "the folder of images cannot be read", new IOException("unreadable", e));
    }
    return new Listing(Collections.unmodifiableMap(images), folders);
  }

  private StoredImage image(Path root, Path file) {
    Path relative = root.relativize(file);
    String id =
        "f-" + Sha256.of(relative.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    Path parent = relative.getParent();
    return new StoredImage(
        id,
        String.valueOf(file.getFileName()),
        parent == null ? String.valueOf(root.getFileName()) : parent.toString(),
        OptionalInt.empty(),
        parent == null ? Optional.empty() : Optional.of(parent.toString()),
        Optional.empty(),
        () -> ImageFiles.readReduced(file, maxPixels, ImageStore.KEPT_PIXELS));
  }
}
