package io.adversight.report;

import io.adversight.file.AtomicFile;
import io.adversight.home.Sha256;
import io.adversight.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code files.json} of a folder, which names every file in it: its length, and for JSON
 * its SHA-256. It is written last; a folder without it, or that lacks something it names, is not
 * complete.
 */
final class FileList {
  private static final String NAME = "files.json";

  private FileList() {}

  /** Lists the files of a folder. */
  static void write(Path folder) throws IOException {
    ObjectNode node = Json.MAPPER.createObjectNode();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        ObjectNode entry = node.putObject(name).put("bytes", Files.size(file));
        if (name.endsWith(".json")) {
          entry.put("sha256", Sha256.of(file));
        }
      }
    }
    String line = CheckedJson.line(node) + "\n";
    AtomicFile.writeDurably(folder.resolve(NAME), line.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a folder holds everything that it was written with. */
  static boolean isComplete(Path folder) {
    try {
      Optional<ObjectNode> list =
          CheckedJson.read(Files.readString(folder.resolve(NAME)).stripTrailing());
      if (list.isEmpty()) {
        return false;
      }
      for (Map.Entry<String, JsonNode> entry : List.copyOf(list.get().properties())) {
        if (!isWhole(folder.resolve(entry.getKey()), entry.getValue())) {
          return false;
        }
      }
      return true;
    } catch (NoSuchFileException | CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(folder), e);
    }
  }

  private static boolean isWhole(Path file, JsonNode entry) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == entry.path("bytes").asLong()
        && (!entry.has("sha256") || Sha256.of(file).equals(entry.path("sha256").asString()));
  }
}
