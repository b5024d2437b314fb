package io.adversight.model;

import io.adversight.input.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The file that holds a network.
 *
 * @param name its name, without folders
 * @param sha256 its SHA-256 in lower-case hex, or empty when it is not known
 * @param bytes its length, or 0 when it is not known
 * @param architecture for weights without a graph (safetensors): the architecture's id, or empty
 */
public record WeightsFile(String name, String sha256, long bytes, String architecture) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public WeightsFile {
    if (!isFileName(name)) {
      throw new InputException(
          "file must be a plain file name, like \"my-net.onnx\", but is \"%s\"".formatted(name));
    }
    if (!sha256.isEmpty() && !SHA256.matcher(sha256).matches()) {
      throw new InputException(
          "sha256 must be 64 lower-case hex digits, but is \"%s\"".formatted(sha256));
    }
    if (bytes < 0) {
      throw new InputException("bytes must be at least 0, but is " + bytes);
    }
  }

  /** A file of which only the name is known, and which says itself what is computed. */
  public static WeightsFile named(String name) {
    return new WeightsFile(name, "", 0, "");
  }

  /** Whether a text is the name of a file in a folder, and leads nowhere else. */
  static boolean isFileName(String text) {
    try {
      Path path = Path.of(text);
      return !text.isEmpty()
          && !text.equals(".")
          && !text.equals("..")
          && path.getNameCount() == 1
          && path.toString().equals(text)
          && path.equals(path.getFileName());
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
