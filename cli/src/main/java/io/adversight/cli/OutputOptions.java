package io.adversight.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** How work is done, and where its results go. */
final class OutputOptions {
  @Option(names = "--seed", paramLabel = "N", description = "of all randomness (default: 0)")
  long seed;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = AtLeastOne.class,
      description = "images computed together (default: ${DEFAULT-VALUE})")
  int batch;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE}); unfinished work in it goes on")
  Path out = Path.of("");

  @Option(names = "--json", description = "print result.json instead of a summary")
  boolean json;

  /** With a batch of 16 where no other is asked for. */
  OutputOptions() {
    this(16);
  }

  /** With another batch where none is asked for. */
  OutputOptions(int usual) {
    batch = usual;
  }

  /** Where results go. */
  Path folder() {
    return out;
  }

  /** Prints a table, or the finished JSON file beside the report if that is wished. */
  void print(PrintWriter printer, List<List<String>> table, Path report) {
    if (json) {
      printJson(printer, report.resolveSibling("result.json"));
      return;
    }
    TextTable text = new TextTable(table.get(0));
    table.subList(1, table.size()).forEach(text::row);
    text.print(printer);
    ReportLine.print(printer, report);
  }

  /** Prints a finished JSON file. */
  void printJson(PrintWriter printer, Path file) {
    try {
      printer.print(Files.readString(file));
      printer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
