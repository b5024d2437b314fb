package io.adversight.report.format;

import io.adversight.file.FileNames;
import java.util.Locale;

/** How values are written in JSON and in the names of folders. */
public final class Names {
  private Names() {}

  /** A constant in lower case with hyphens. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A name as part of a file's name. */
  public static String file(String name) {
    return FileNames.of(name);
  }
}
