package io.adversight.tensor;

import io.adversight.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The folder that native libraries are unpacked to and loaded from. Left alone JavaCPP falls back
 * to a folder of a known name under the temporary directory, where another user may have put
 * libraries of their own.
 */
final class NativeCache {
  private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
  private static final String ADVICE =
      "name a folder of your own with JDK_JAVA_OPTIONS=-D" + PROPERTY + "=FOLDER";
  private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private NativeCache() {}

  /**
   * Has JavaCPP use the folder of the property, or {@code .javacpp/cache} in the user's home.
   *
   * @throws InputException if it cannot be written, or belongs to another user
   */
  static void choose() {
    String wanted = System.getProperty(PROPERTY, "");
    String home = System.getProperty("user.home", "");
    try {
      Path folder = wanted.isEmpty() ? Path.of(home, ".javacpp", "cache") : Path.of(wanted);
      System.setProperty(PROPERTY, checked(folder.toAbsolutePath()).toString());
    } catch (InvalidPathException e) {
      throw new InputException(
          "\"%s\" cannot be a folder for native libraries; %s".formatted(e.getInput(), ADVICE), e);
    }
  }

  /** The folder, which exists afterwards and which only its owner can write to. */
  static Path checked(Path folder) {
    Path probe;
    try {
      Files.createDirectories(folder);
      probe = Files.createTempFile(folder, "owner", "");
    } catch (IOException e) {
      throw new InputException(
          "native libraries are unpacked to %s, but it cannot be written; %s"
              .formatted(folder, ADVICE),
          e);
    }
    try {
      if (!Files.getOwner(folder).equals(Files.getOwner(probe))) {
        throw new InputException(
            "native libraries would be loaded from %s, but it belongs to %s; %s"
                .formatted(folder, Files.getOwner(folder).getName(), ADVICE));
      }
      closeToOthers(folder);
      return folder;
    } catch (IOException e) {
      throw new InputException(
          "only you may have write access to %s, but its permissions cannot be changed; %s"
              .formatted(folder, ADVICE),
          e);
    } finally {
      delete(probe);
    }
  }

  private static void closeToOthers(Path folder) throws IOException {
    Optional<PosixFileAttributeView> posix =
        Optional.ofNullable(Files.getFileAttributeView(folder, PosixFileAttributeView.class));
    if (posix.isPresent()) {
      Set<PosixFilePermission> mode = posix.get().readAttributes().permissions();
      if (mode.removeAll(WRITE_OF_OTHERS)) {
        posix.get().setPermissions(mode);
      }
    }
  }

  private static void delete(Path probe) {
    try {
      Files.deleteIfExists(probe);
    } catch (IOException e) {
      probe.toFile().deleteOnExit();
    }
  }
}
