package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.image.ImageFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What becomes of images that cannot be read. */
final class ReadingOptions {
  @Option(
      names = "--stop-on-error",
      description = {
        "stop at an image of a folder that cannot be read (default: go on with the others, list it",
        "at the end, and exit with 4)"
      })
  boolean stopOnError;

  private final Map<String, String> unreadable = new LinkedHashMap<>();

  /** Images of folders that could not be read, by name, and why. */
  Map<String, String> unreadable() {
    return unreadable;
  }

  /**
   * Notes an image that could not be read.
   *
   * @param name which no other image has
   * @param fromFolder whether it was found in a folder, and not named itself
   * @throws ImageFormatException where nothing may be left out
   */
  void note(String name, ImageFormatException error, boolean fromFolder) {
    if (stopOnError || !fromFolder) {
      throw error;
    }
    unreadable.put(name, String.valueOf(error.getMessage()));
  }

  /**
   * The images of a set that can be read; every one is tried before the work.
   *
   * @param fromFolder whether they were found in a folder, and not named themselves
   */
  DataSet readable(DataSet set, boolean fromFolder) {
    Map<Integer, String> bad = new LinkedHashMap<>();
    return LongTask.run(
        "images tried",
        set.size(),
        () -> {},
        run -> {
          for (int i = 0; i < set.size(); i++) {
            run.checkCancelled();
            try {
              set.check(i);
            } catch (ImageFormatException e) {
              note(set.imageName(i) + " " + i, e, fromFolder);
              bad.put(i, String.valueOf(e.getMessage()));
            }
            run.report(i + 1, set.size(), "images");
          }
          return set.without(bad);
        });
  }
}
