package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.model.ModelFile;
import io.adversight.model.Models;
import org.jspecify.annotations.Nullable;

/** Fetching of models and data sets with a progress bar. */
final class Downloads {
  private Downloads() {}

  /**
   * The model's file, fetched if need be. Where it is looked up by name, cards that cannot be used
   * are named on the standard error output.
   */
  static ModelFile locate(Models models, String name) {
    try (Bar bar = new Bar(name)) {
      ModelFile file = models.locate(name, bar);
      if (!Models.isPath(name)) {
        warn(models);
      }
      return file;
    }
  }

  /** Names the cards that cannot be used, unless these models did so before. */
  static void warn(Models models) {
    models.newProblems().forEach(problem -> System.err.println("warning: skipped " + problem));
  }

  /** The data set or folder, fetched if need be. */
  static DataSet dataSet(String name, DataHome home) {
    try (Bar bar = new Bar(name)) {
      return DataSets.find(name, home, bar);
    }
  }

  /** A progress bar that appears with the first byte, on a terminal only. */
  private static final class Bar implements ByteProgress, AutoCloseable {
    private final String name;
    private @Nullable Console console;

    Bar(String name) {
      this.name = name;
    }

    @Override
    public void at(long done, long total) {
      if (console == null && Console.isInteractive()) {
        console = Console.open("fetching " + name, total, true);
      }
      if (console != null) {
        console.stepTo(done, total);
      }
    }

    @Override
    public void close() {
      if (console != null) {
        console.close();
      }
    }
  }
}
