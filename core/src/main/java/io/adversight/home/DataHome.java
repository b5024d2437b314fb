package io.adversight.home;

import io.adversight.file.AtomicFile;
import io.adversight.file.IoReason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that keeps models and data sets, and the mirrors that are looked into before the
 * network. Places in them are named by paths like {@code models/NAME.onnx}.
 */
public final class DataHome {
  private final Path folder;
  private final List<Mirror> mirrors;
  private final VerifiedFiles verified;

  /** A data home in {@code folder}, which need not exist yet, with the given mirror folders. */
  public DataHome(Path folder, List<Path> mirrors) {
    this.folder = folder.toAbsolutePath().normalize();
    this.mirrors = mirrors.stream().map(Mirror::new).toList();
    this.verified = new VerifiedFiles(this.folder.resolve("verified.txt"));
  }

  /**
   * The data home that environment variables name: {@code ADVERSIGHT_HOME} (default: {@code
   * .adversight} in the user's folder) and {@code ADVERSIGHT_MIRROR} (folders, joined as in PATH).
   *
   * @throws FetchException if a mirror is no folder
   */
  public static DataHome of(Map<String, String> environment) {
    String home = environment.getOrDefault("ADVERSIGHT_HOME", "");
    List<Path> mirrors = new ArrayList<>();
    for (String mirror :
        environment.getOrDefault("ADVERSIGHT_MIRROR", "").split(File.pathSeparator, -1)) {
      if (!mirror.isBlank()) {
        Path path = Path.of(mirror.strip());
        if (!Files.isDirectory(path)) {
          throw new FetchException(
              "ADVERSIGHT_MIRROR names %s, which is not a folder".formatted(path));
        }
        mirrors.add(path);
      }
    }
    return new DataHome(
        home.isBlank()
            ? Path.of(System.getProperty("user.home"), ".adversight")
            : Path.of(home.strip()),
        mirrors);
  }

  /** The folder itself. */
  public Path folder() {
    return folder;
  }

  /** The folder of the models that were pulled or added. */
  public Path models() {
    return folder.resolve("models");
  }

  /** The folder of the data sets that were pulled. */
  public Path datasets() {
    return folder.resolve("datasets");
  }

  /** The mirrors in the order in which they are asked. */
  public List<Mirror> mirrors() {
    return mirrors;
  }

  /** A file in the first mirror that has it, checked against that mirror's {@code SHA256SUMS}. */
  public Optional<Path> inMirror(String path) {
    return inMirror(path, "");
  }

  /**
   * A file in the first mirror that has it.
   *
   * @param sha256 its hash, or empty; a mirror's own {@code SHA256SUMS} stands above it
   * @throws FetchException if the file has another hash
   */
  public Optional<Path> inMirror(String path, String sha256) {
    for (Mirror mirror : mirrors) {
      Optional<Path> file = inMirror(mirror, path, sha256);
      if (file.isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }

  /** A file in one mirror, as {@link #inMirror(String, String)} finds it. */
  public Optional<Path> inMirror(Mirror mirror, String path, String sha256) {
    Path file = mirror.folder().resolve(path);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    check(file, mirror.listed(path).orElse(sha256), "the mirror's copy is damaged");
    return Optional.of(file);
  }

  /**
   * A file in the home's own folder.
   *
   * @param sha256 its hash, or empty
   * @throws FetchException if the file has another hash
   */
  public Optional<Path> inHome(String path, String sha256) {
    Path file = folder.resolve(path);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    check(file, sha256, "the file is damaged; remove it to have it fetched again");
    return Optional.of(file);
  }

  /** A file in a mirror or else in the home's own folder. */
  public Optional<Path> find(String path, String sha256) {
    return inMirror(path, sha256).or(() -> inHome(path, sha256));
  }

  /**
   * A file from a mirror, the home's own folder or the network, whichever has it first.
   *
   * @throws FetchException if no source has it
   */
  public Path fetch(RemoteFile file, Download download, ByteProgress progress) {
    return find(file.path(), file.sha256())
        .orElseGet(() -> download.fetch(file, folder.resolve(file.path()), progress));
  }

  /**
   * As {@link #fetch}, but a mirror's file of that name is taken only if its hash is the wanted
   * one, whatever the mirror lists: for a network another file is another network.
   *
   * @throws FetchException if no source has it
   */
  public Path fetchExactly(RemoteFile file, Download download, ByteProgress progress) {
    return mirrors.stream()
        .map(mirror -> mirror.folder().resolve(file.path()))
        .filter(Files::isRegularFile)
        .filter(copy -> verified.sha256(copy).equals(file.sha256()))
        .findFirst()
        .or(() -> inHome(file.path(), file.sha256()))
        .orElseGet(() -> download.fetch(file, folder.resolve(file.path()), progress));
  }

  /** The files directly in a folder of the home whose names end so, in order of their names. */
  public List<Path> list(String path, String ending) {
    return Mirror.list(folder.resolve(path), ending);
  }

  /**
   * Copies a file into the home in one step.
   *
   * @return the copy
   * @throws FetchException if there is no room, or the home cannot be written
   */
  public Path copyIn(Path file, String path) {
    return place(path, part -> Files.copy(file, part));
  }

  /** Writes a file of the home in one step. */
  public Path write(String path, byte[] content) {
    return place(path, part -> Files.write(part, content));
  }

  private Path place(String path, AtomicFile.Content content) {
    Path target = folder.resolve(path);
    try {
      AtomicFile.place(target, content);
      return target;
    } catch (IOException e) {
      throw new FetchException("cannot write %s: %s".formatted(target, IoReason.of(e)), e);
    }
  }

  /** Removes a file of the home, and what a broken download left of it. */
  public void remove(String path) {
    Path file = folder.resolve(path);
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".part"));
    } catch (IOException e) {
      throw new FetchException("cannot remove %s: %s".formatted(file, IoReason.of(e)), e);
    }
  }

  /**
   * Compares a file with its hash; files that did not change are read only once.
   *
   * @param expected the hash, or empty
   * @param meaning what another hash means, for the message
   * @throws FetchException if the file has another hash
   */
  public void check(Path file, String expected, String meaning) {
    if (!expected.isEmpty()) {
      String hash = verified.sha256(file);
      if (!hash.equals(expected)) {
        throw new FetchException(
            "%s: %s: expected SHA-256 %s, but it has %s".formatted(file, meaning, expected, hash));
      }
    }
  }
}
