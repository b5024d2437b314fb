package io.adversight.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an example writes its images. */
final class OutputFolder {
  private OutputFolder() {}

  /** The folder that the first argument names, or {@code examples-out}; made if need be. */
  static Path of(String... arguments) throws IOException {
    return Files.createDirectories(Path.of(arguments.length > 0 ? arguments[0] : "examples-out"));
  }
}
