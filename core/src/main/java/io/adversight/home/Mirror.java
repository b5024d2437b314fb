package io.adversight.home;

import io.adversight.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A local folder laid out like the data home that is looked into before the network. Its files are
 * trusted when they agree with its own {@code SHA256SUMS} (the form that sha256sum writes).
 */
public final class Mirror {
  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](?:\\./)?(.+)");

  private final Path folder;
  private @Nullable Map<String, String> sums;

  Mirror(Path folder) {
    this.folder = folder;
  }

  /** The folder itself. */
  public Path folder() {
    return folder;
  }

  /** The files directly in a folder of the mirror whose names end so, in order of their names. */
  public List<Path> list(String path, String ending) {
    return list(folder.resolve(path), ending);
  }

  static List<Path> list(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new FetchException(
          "cannot read the folder %s: %s".formatted(folder, IoReason.of(e)), e);
    }
  }

  /** The hash that {@code SHA256SUMS} lists for a file. */
  synchronized Optional<String> listed(String path) {
    if (sums == null) {
      sums = read(folder.resolve("SHA256SUMS"));
    }
    return Optional.ofNullable(sums.get(path));
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> sums = new HashMap<>();
    if (!Files.exists(file)) {
      return sums;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher line = LINE.matcher(lines.get(i));
        if (line.matches()) {
          sums.put(line.group(2), line.group(1).toLowerCase(Locale.ROOT));
        } else if (!lines.get(i).isBlank()) {
          throw new FetchException(
              "%s: line %s is not \"<64 hex digits>  <path>\"".formatted(file, i + 1));
        }
      }
      return sums;
    } catch (IOException e) {
      throw new FetchException("cannot read %s: %s".formatted(file, IoReason.of(e)), e);
    }
  }
}
