package io.adversight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.mutation.Mutations;
import io.adversight.mutation.ReaderCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be wrong with an archive, or meant to harm. */
class TarTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path folder;

  private Path packed(byte[] tar) throws IOException {
    return Files.write(folder.resolve("x.tar.gz"), SmallFiles.gzip(tar));
  }

  private static List<String> taken(Path archive, String name, long size) {
    List<String> taken = new ArrayList<>();
    Tar.extract(archive, Map.of(name, size), (file, bytes) -> taken.add(file + bytes.length));
    return taken;
  }

  /** An archive of one entry of {@code type} whose {@code size} bytes are a POSIX path record. */
  private Path large(char type, int size) throws IOException {
    byte[] header = SmallFiles.tar(Map.of("a.bin", new byte[0]));
    System.arraycopy(
        String.format(Locale.ROOT, "%011o", size).getBytes(StandardCharsets.US_ASCII),
        0,
        header,
        124,
        11);
    header[156] = (byte) type;
    Path file = folder.resolve("large.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(header, 0, 512);
      String record = "%s path=".formatted(size);
      out.write(
          (record + "a".repeat(size - record.length() - 1) + "\n")
              .getBytes(StandardCharsets.US_ASCII));
    }
    return file;
  }

  @Test
  void handsOverWantedFilesByTheirNameAlone() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("../../other.bin", new byte[600]);
    files.put("/etc/../a.bin", new byte[5]);
    assertThat(taken(packed(SmallFiles.tar(files)), "a.bin", 5)).containsExactly("a.bin5");
    assertThat(folder).isDirectoryContaining("glob:**x.tar.gz");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void readsNoMoreThanItsFilesNeed() throws IOException {
    Path file = large('0', 3 * MEGABYTE);
    assertThatThrownBy(() -> taken(file, "b.bin", 5))
        .isInstanceOf(DataSetFormatException.class)
        .hasMessage(file + ": is no complete .tar.gz: it is far larger than its files");
  }

  /** Names of GNU tar, and extended headers of POSIX, which are held in memory. */
  @ParameterizedTest
  @ValueSource(chars = {'L', 'K', 'x', 'g'})
  void holdsNoHeaderOfAnyLength(char type) throws IOException {
    Path file = large(type, MEGABYTE);
    assertThatThrownBy(() -> taken(file, "b.bin", 64L * MEGABYTE))
        .isInstanceOf(DataSetFormatException.class)
        .hasMessage(file + ": is no complete .tar.gz: an entry is larger than it says");
  }

  @Test
  void refusesCountlessEntries() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i <= 1000; i++) {
      files.put("f" + i, new byte[0]);
    }
    Path file = packed(SmallFiles.tar(files));
    assertThat(taken(file, "f999", 0)).hasSize(1);
    assertThatThrownBy(() -> taken(file, "f1000", 0))
        .hasMessage(file + ": is no complete .tar.gz: it has more than 1000 entries");
  }

  @Test
  void damagedArchivesAreReadOrRefused() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("d/readme", new byte[40]);
    files.put("d/a.bin", new byte[5]);
    ReaderCheck.Outcome outcome =
        new ReaderCheck(
                Mutations.ofBytes(SmallFiles.tar(files)), List.of(DataSetFormatException.class))
            .run(input -> taken(packed(input), "a.bin", 5));
    assertThat(outcome.read()).isPositive();
    assertThat(outcome.refused()).isPositive();
  }
}
