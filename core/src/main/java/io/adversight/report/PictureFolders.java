package io.adversight.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results with one folder per picture, each there whole or not at all: work that was stopped goes
 * on with the pictures that are missing.
 */
final class PictureFolders {
  private static final String PICTURE = "picture.json";

  private final ResultFolder folder;
  private final ObjectNode spec;
  private final long start = System.nanoTime();
  private final List<String> names = new ArrayList<>();

  /** Writes what belongs to one picture into an empty folder, and returns its numbers. */
  @FunctionalInterface
  interface Writer {
    JsonNode write(Path place) throws IOException;
  }

  /**
   * Opens a folder for results, or goes on with one of the same work.
   *
   * @param spec what is done, by which a folder is known again
   * @throws IllegalArgumentException if the folder holds something else
   */
  PictureFolders(Path folder, ObjectNode spec) {
    this.folder = ResultFolder.open(folder, spec, "study.json");
    this.spec = spec;
  }

  Path path() {
    return folder.path();
  }

  ObjectNode spec() {
    return spec;
  }

  /** Seconds since this folder was opened. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Whether the results of a picture are there; notes that it belongs to the work. */
  boolean isDone(String name) {
    names.add(name);
    return isThere(name);
  }

  private boolean isThere(String name) {
    return Files.exists(folder.resolve(name).resolve(PICTURE));
  }

  /** Removes the folder if it was made for this work and no picture was finished. */
  void abandon() {
    folder.abandon();
  }

  /** Adds the results of a picture, whole or not at all; those that are there stay. */
  void add(String name, Writer writer) {
    if (isThere(name)) {
      return;
    }
    String partial = "." + name + ".partial";
    try {
      folder.delete(partial);
      Files.createDirectories(folder.resolve(partial));
      JsonNode numbers = writer.write(folder.resolve(partial));
      folder.write(partial + "/" + PICTURE, numbers);
      Files.move(folder.resolve(partial), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the results of %s cannot be written to %s".formatted(name, folder.path()), e);
    }
  }

  /** The numbers of every picture that is there, in the order of the work. */
  List<JsonNode> pictures() {
    List<JsonNode> pictures = new ArrayList<>();
    names.forEach(name -> folder.read(name + "/" + PICTURE).ifPresent(pictures::add));
    return pictures;
  }

  void write(String file, JsonNode node) {
    folder.write(file, node);
  }

  void write(String file, String text) {
    folder.write(file, text);
  }

  void write(String file, byte[] bytes) {
    folder.write(file, bytes);
  }
}
