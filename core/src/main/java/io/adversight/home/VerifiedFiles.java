package io.adversight.home;

import io.adversight.file.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the hashes of files, so that a file is read once and not at each start. A file is taken
 * for unchanged when length and modification time are. The notes are lines of {@code hash length
 * milliseconds path}, of which the last about a path counts.
 */
final class VerifiedFiles {
  private final Path notes;
  private @Nullable Map<String, String> known;

  VerifiedFiles(Path notes) {
    this.notes = notes;
  }

  /** The hash of the file as it is now. */
  synchronized String sha256(Path file) {
    try {
      Path path = file.toAbsolutePath().normalize();
      String state =
          "%s %s %s".formatted(Files.size(path), Files.getLastModifiedTime(path).toMillis(), path);
      String hash = known().get(state);
      if (hash == null) {
        hash = Sha256.of(path);
        known().put(state, hash);
        note(hash + " " + state + "\n");
      }
      return hash;
    } catch (IOException e) {
      throw new FetchException("cannot read %s: %s".formatted(file, IoReason.of(e)), e);
    }
  }

  private Map<String, String> known() {
    if (known == null) {
      known = new HashMap<>();
      for (String line : lines()) {
        if (line.length() > 65 && line.charAt(64) == ' ') {
          known.put(line.substring(65), line.substring(0, 64));
        }
      }
    }
    return known;
  }

  private List<String> lines() {
    try {
      return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // without notes files are hashed again
    }
  }

  private void note(String line) {
    try {
      Files.createDirectories(notes.toAbsolutePath().getParent());
      Files.writeString(notes, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      known = known == null ? new HashMap<>() : known; // a home that cannot be written has no notes
    }
  }
}
