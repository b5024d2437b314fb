package io.adversight.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** The default of {@code --out}: a folder named after the time, which does not exist yet. */
final class FreshFolder implements ITypeConverter<Path> {
  static final String DEFAULT = "adversight-out/<time>";

  private static final String PARENT = "adversight-out";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Override
  public Path convert(String value) {
    return value.equals(DEFAULT) ? next() : Path.of(value);
  }

  /** A folder that does not exist yet. */
  static Path next() {
    String time = LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
    Path folder = Path.of(PARENT, time);
    for (int i = 2; Files.exists(folder); i++) {
      folder = Path.of(PARENT, time + "-" + i);
    }
    return folder;
  }
}
