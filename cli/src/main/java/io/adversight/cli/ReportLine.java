package io.adversight.cli;

import java.io.PrintWriter;
import java.nio.file.Path;

/** The last line of every command that writes a folder: where its page is. */
final class ReportLine {
  private ReportLine() {}

  static void print(PrintWriter out, Path report) {
    out.println("report: " + report);
    out.flush();
  }
}
