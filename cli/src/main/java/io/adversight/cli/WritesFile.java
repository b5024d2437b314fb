package io.adversight.cli;

import java.nio.file.Path;

/** A command whose result is one file instead of a folder. */
interface WritesFile {
  /** The file that it writes; known when the command line was read. */
  Path written();
}
