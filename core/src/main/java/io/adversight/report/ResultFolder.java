package io.adversight.report;

import io.adversight.data.LeftOutImage;
import io.adversight.file.AtomicFile;
import io.adversight.file.Folders;
import io.adversight.input.InputException;
import io.adversight.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder that belongs to one piece of work: the same work goes on in it, other work is refused.
 * Files appear whole or not at all.
 */
public final class ResultFolder {
  private static final JsonMapper MAPPER = Json.MAPPER;

  private final Path folder;
  private final String specFile;
  private final boolean created;
  private final List<LeftOutImage> leftOut = new ArrayList<>();

  private ResultFolder(Path folder, String specFile, boolean created) {
    this.folder = folder;
    this.specFile = specFile;
    this.created = created;
  }

  /**
   * Opens a folder for some work, or goes on with it.
   *
   * @param spec what the work is, in the folder's file {@code specFile}
   * @throws IllegalArgumentException if the folder holds something else
   */
  public static ResultFolder open(Path folder, ObjectNode spec, String specFile) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException("%s is a file; give a folder with --out".formatted(folder));
    }
    ResultFolder opened = new ResultFolder(folder, specFile, Folders.isVacant(folder));
    opened.check(spec, folder.resolve(specFile));
    opened.write(specFile, spec);
    return opened;
  }

  private void check(ObjectNode spec, Path file) {
    if (created) {
      return;
    }
    if (!Files.exists(file)) {
      throw new InputException("%s is not empty; give another folder with --out".formatted(folder));
    }
    JsonNode wanted = reread(spec);
    JsonNode held =
        read(file)
            .orElseThrow(
                () ->
                    new InputException(
                        "%s cannot be read; give another folder with --out".formatted(file)));
    if (!held.equals(wanted)) {
      throw new InputException(
          "%s holds the results of another study (%s); give another folder with --out"
              .formatted(folder, SpecDifference.between(held, wanted)));
    }
  }

  private static Optional<JsonNode> read(Path file) {
    try {
      return Optional.of(MAPPER.readTree(Files.readString(file)));
    } catch (JacksonException | CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
  }

  private static JsonNode reread(ObjectNode node) {
    return MAPPER.readTree(MAPPER.writeValueAsString(node));
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** The place of a file in it. */
  public Path resolve(String name) {
    return folder.resolve(name);
  }

  /** Removes what this work wrote if it finished nothing in a folder that was vacant. */
  public void abandon() {
    if (!created) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.map(Path::getFileName).map(String::valueOf).anyMatch(this::isResult)) {
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be read".formatted(folder), e);
    }
    delete(specFile);
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      return; // whoever locks the folder removes it
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be removed".formatted(folder), e);
    }
  }

  private boolean isResult(String name) {
    return !name.startsWith(".") && !name.equals(specFile);
  }

  /** Keeps a part of the work, so that the same work need not do it again. */
  public void keep(String name, JsonNode part) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("part", part);
    AtomicFile.writeDurably(
        folder.resolve(name), (CheckedJson.line(node) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** A part of the work that was kept; empty if it was not, or was damaged since. */
  public Optional<JsonNode> recall(String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return CheckedJson.read(Files.readString(file).stripTrailing())
          .map(node -> node.path("part"));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
  }

  /**
   * What a kept part says; empty where {@link #recall(String)} is, and for a part that another
   * program wrote.
   */
  public <T> Optional<T> recall(String name, Function<JsonNode, T> read) {
    try {
      return recall(name).map(read);
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Notes images that have no results. */
  public void leaveOut(List<LeftOutImage> images) {
    leftOut.addAll(images);
  }

  /** Adds a row for every image that was left out, and writes {@code result.json}. */
  public void writeResult(ObjectNode result) {
    LeftOutJson.put(result, leftOut);
    write("result.json", result);
  }

  /** Writes or replaces an indented JSON file. */
  public void write(String name, JsonNode node) {
    write(name, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
  }

  /** Writes or replaces a text file. */
  public void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes or replaces a file. */
  public void write(String name, byte[] content) {
    AtomicFile.writeDurably(folder.resolve(name), content);
  }

  /** Removes something in this folder, or the folder itself for an empty name. */
  public void delete(String name) {
    Path top = name.isEmpty() ? folder : folder.resolve(name);
    try {
      Folders.delete(top);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be removed".formatted(top), e);
    }
  }
}
