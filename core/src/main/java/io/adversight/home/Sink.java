package io.adversight.home;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens the file that a download writes to. */
@FunctionalInterface
interface Sink {
  /** The disk. */
  Sink DISK =
      (part, append) ->
          Files.newOutputStream(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);

  /** A stream that adds to {@code part}, or replaces it. */
  OutputStream open(Path part, boolean append) throws IOException;
}
