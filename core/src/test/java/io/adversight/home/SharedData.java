package io.adversight.home;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of networks, photos and data sets that some tests read: a folder of {@code
 * ADVERSIGHT_MIRROR}, or {@code shared/data} beside the checkout.
 */
public final class SharedData {
  private SharedData() {}

  /** The folder, where there is one. */
  public static Optional<Path> folder() {
    String mirror = System.getenv("ADVERSIGHT_MIRROR");
    Stream<String> named =
        mirror == null ? Stream.of() : Stream.of(mirror.split(File.pathSeparator, -1));
    return Stream.concat(named, Stream.of("../shared/data", "../../shared/data"))
        .map(Path::of)
        .filter(folder -> Files.isDirectory(folder.resolve("models")))
        .findFirst()
        .map(folder -> folder.toAbsolutePath().normalize());
  }

  /** A file or folder of the shared data; without it the test is skipped and says so. */
  public static Path path(String relative) {
    Optional<Path> path = folder().map(folder -> folder.resolve(relative)).filter(Files::exists);
    if (path.isEmpty()) {
      System.err.println("skipped: no shared data (" + relative + ")");
    }
    Assumptions.assumeTrue(path.isPresent(), () -> "skipped: no shared data (" + relative + ")");
    return path.orElseThrow();
  }
}
