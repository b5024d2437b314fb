package io.adversight.report;

import io.adversight.input.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder that belongs to one piece of work: the same work goes on in it, other work is refused.
 * Files appear whole or not at all.
 */
public final class ResultFolder {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path folder;
  private final String specFile;
  private final boolean created;

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
    ResultFolder opened = new ResultFolder(folder, specFile, !Files.exists(folder));
    try {
      opened.check(spec, folder.resolve(specFile));
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be written".formatted(folder), e);
    }
    opened.write(specFile, spec);
    return opened;
  }

  private void check(ObjectNode spec, Path file) throws IOException {
    if (created) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException("%s is a file; give a folder with --out".formatted(folder));
    }
    if (Files.exists(file)) {
      if (!MAPPER.readTree(file.toFile()).equals(reread(spec))) {
        throw new InputException(
            "%s holds the results of another study; give another folder with --out"
                .formatted(folder));
      }
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new InputException(
            "%s is not empty; give another folder with --out".formatted(folder));
      }
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

  /** Removes the folder if this work made it and finished nothing in it. */
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
    delete("");
  }

  private boolean isResult(String name) {
    return !name.startsWith(".") && !name.equals(specFile);
  }

  /** A JSON file that was finished before; empty if it was not. */
  public Optional<JsonNode> read(String name) {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Optional.of(MAPPER.readTree(file.toFile())) : Optional.empty();
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
    Path file = folder.resolve(name);
    Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
    try {
      Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(folder));
      Files.write(partial, content);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), e);
    }
  }

  /** Removes something in this folder, or the folder itself for an empty name. */
  public void delete(String name) {
    Path top = name.isEmpty() ? folder : folder.resolve(name);
    if (!Files.exists(top)) {
      return;
    }
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be removed".formatted(top), e);
    }
  }
}
