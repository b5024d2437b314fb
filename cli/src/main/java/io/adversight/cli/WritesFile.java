package io.adversight.cli;

import io.adversight.file.FolderLock;
import java.nio.file.Path;

/** A command whose result appears as a whole: one file, or a folder that may not exist before. */
interface WritesFile {
  /** What it writes; known when the command line was read. */
  Path written();

  /** Locks what it writes; another process that does is named. */
  default FolderLock lock() {
    return FolderLock.onFile(written());
  }
}
