package io.adversight.experiments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files of an experiment's results lie. */
sealed interface ResultSource {
  /** The bytes of a file; empty if there is none of that name. */
  Optional<byte[]> read(String file);

  /** A text file. */
  default Optional<String> text(String file) {
    return read(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** What was measured; empty if nothing was. */
  default Optional<Measured> measured() {
    return text("result.json").map(Measured::parse);
  }

  /** Files of a run. */
  record InFolder(Path folder) implements ResultSource {
    @Override
    public Optional<byte[]> read(String file) {
      Path path = folder.resolve(file);
      try {
        return Files.isRegularFile(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(path + " cannot be read", e);
      }
    }
  }

  /** Files that come with the program. */
  record InProgram(String folder) implements ResultSource {
    @Override
    public Optional<byte[]> read(String file) {
      String name = "%s/%s".formatted(folder, file);
      try (InputStream in = Experiments.class.getResourceAsStream(name)) {
        return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(name + " cannot be read", e);
      }
    }
  }
}
