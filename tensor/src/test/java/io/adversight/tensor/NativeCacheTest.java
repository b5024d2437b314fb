package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.adversight.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
  @TempDir private Path temporary;

  @Test
  void makesTheFolderAndClosesItToOthers() throws IOException {
    assumeThat(temporary.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Path folder = Files.createDirectories(temporary.resolve("a/cache"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(NativeCache.checked(folder)).isEqualTo(folder).isEmptyDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void refusesWhatCannotBeAFolder() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> NativeCache.checked(file.resolve("cache")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("-Dorg.bytedeco.javacpp.cachedir=FOLDER");
  }

  @Test
  void refusesTheFolderOfAnotherUser() throws IOException {
    assumeThat(System.getProperty("user.name"))
        .as("only root can give folders away")
        .isEqualTo("root");
    Path folder = Files.createDirectories(temporary.resolve("theirs"));
    Files.setOwner(
        folder,
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    assertThatThrownBy(() -> NativeCache.checked(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("belongs to nobody");
  }
}
