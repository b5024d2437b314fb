package io.adversight.home;

import java.net.URI;
import java.util.List;

/**
 * A file somewhere on the network whose content is known beforehand.
 *
 * @param path its place in the data home and in a mirror, parts joined by "/"
 * @param sources where it is offered; the first that works is taken
 * @param sha256 the hash of its content in lower-case hex
 * @param bytes its length
 */
public record RemoteFile(String path, List<URI> sources, String sha256, long bytes) {
  public RemoteFile {
    sources = List.copyOf(sources);
    if (sources.isEmpty() || bytes < 1 || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          path + " needs a source, a SHA-256 of 64 lower-case hex digits and a length above 0");
    }
  }

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
