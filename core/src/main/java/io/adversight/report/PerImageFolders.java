package io.adversight.report;

import io.adversight.data.Labels;
import io.adversight.data.LeftOutImage;
import io.adversight.file.AtomicFile;
import io.adversight.input.InputException;
import io.adversight.study.image.ImageIdentity;
import io.adversight.study.image.ImageSource;
import io.adversight.study.image.InputImage;
import io.adversight.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results with one folder per image, each there whole or not at all: work that was stopped goes on
 * with the images that are missing.
 */
public final class PerImageFolders {
  private static final String IMAGE = "image.json";

  private final ResultFolder folder;
  private final ObjectNode spec;
  private final long start = System.nanoTime();
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();

  /** Writes what belongs to one image into an empty folder, and returns its numbers. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes the files of one image into {@code place}, which is empty, and returns its numbers.
     */
    public ObjectNode write(Path place) throws IOException;
  }

  /**
   * Opens a folder for results, or goes on with one of the same work.
   *
   * @param spec what is done, by which a folder is known again
   * @throws IllegalArgumentException if the folder holds something else
   */
  public PerImageFolders(Path folder, ObjectNode spec) {
    this.folder = ResultFolder.open(folder, spec, "study.json");
    this.spec = spec;
  }

  /** The folder that holds the results of all images. */
  public Path path() {
    return folder.path();
  }

  /** What is done, as it was given when the folder was opened. */
  public ObjectNode spec() {
    return spec;
  }

  /** Seconds since this folder was opened. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Notes that images belong to the work, in this order. */
  public void expect(List<String> wanted) {
    names.addAll(wanted);
  }

  /** Whether all files of an image's results are there. */
  public boolean isDone(String name) {
    return FileList.isComplete(folder.resolve(name));
  }

  /**
   * Whether all files of an image's results are there.
   *
   * @param labels the network's classes
   * @throws IllegalArgumentException if those of another image, or of another label, are there
   *     under its name
   */
  public boolean isDone(ImageSource source, Labels labels) {
    String name = source.name();
    if (!isDone(name)) {
      return false;
    }
    ImageIdentity image;
    try {
      image = source.identity(labels);
    } catch (UncheckedIOException unreadable) {
      return false; // reading it will tell
    }
    RecordedImage held = RecordedImage.of(numbers(name));
    if (held.identity().equals(image)) {
      return true;
    }
    throw new InputException(
        "%s holds the results of %s; give another folder with --out, or remove %s"
            .formatted(path(), held.unlike(image, name), folder.resolve(name)));
  }

  /** Notes that an image has no results, and why. */
  public void leaveOut(String name, String reason) {
    leftOut.put(name, reason);
  }

  /** The images without results, each with the reason. */
  public Map<String, String> leftOut() {
    return Collections.unmodifiableMap(leftOut);
  }

  /** Removes the folder if it was made for this work and no image was finished. */
  public void abandon() {
    folder.abandon();
  }

  /** Adds the results of an image, whole or not at all; those that are there stay. */
  public void add(InputImage image, Writer writer) {
    String name = image.name();
    if (isDone(name)) {
      return;
    }
    try {
      folder.delete(name);
      AtomicFile.place(folder.resolve(name), place -> write(place, image, writer));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the results of %s cannot be written to %s".formatted(name, folder.path()), e);
    }
  }

  private static void write(Path place, InputImage image, Writer writer) throws IOException {
    Files.createDirectories(place);
    ObjectNode numbers = writer.write(place);
    RecordedImage.put(image, numbers);
    AtomicFile.write(
        place.resolve(IMAGE),
        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(numbers) + "\n");
    FileList.write(place);
  }

  /** The numbers of every image that is done, in the order of the work. */
  public List<JsonNode> images() {
    return names.stream().filter(this::isDone).map(this::numbers).toList();
  }

  private JsonNode numbers(String name) {
    Path file = folder.resolve(name).resolve(IMAGE);
    try {
      return Json.MAPPER.readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new InputException(
          "%s is damaged: %s; remove it to have it made again".formatted(file, Json.reason(e)), e);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
  }

  /** Writes {@code result.json}, with a row for every image that was left out. */
  public void writeResult(ObjectNode result) {
    folder.leaveOut(
        leftOut.entrySet().stream()
            .map(image -> new LeftOutImage(image.getKey(), image.getValue()))
            .toList());
    folder.writeResult(result);
  }

  /** Writes a text file beside the folders of the images, atomically. */
  public void write(String file, String text) {
    folder.write(file, text);
  }

  /** Writes a file beside the folders of the images, atomically. */
  public void write(String file, byte[] bytes) {
    folder.write(file, bytes);
  }
}
