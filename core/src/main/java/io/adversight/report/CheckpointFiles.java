package io.adversight.report;

import io.adversight.home.Sha256;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.run.Checkpoint;
import io.adversight.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A checkpoint in a folder of results: arrays, and a small file that says which ones count. */
public final class CheckpointFiles implements Checkpoint {
  private static final JsonMapper MAPPER = Json.MAPPER;

  private final ResultFolder folder;
  private final String name;

  /** Keeps states in the sub-folder {@code name}. */
  public CheckpointFiles(ResultFolder folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  @Override
  public Optional<State> last() {
    return folder.recall(name + "/state.json").flatMap(this::read);
  }

  /** The state; empty if one of its arrays is missing or was damaged since. */
  private Optional<State> read(JsonNode json) {
    List<Raster> values = new ArrayList<>();
    for (JsonNode hash : json.path("sha256")) {
      Path file = folder.resolve(array(json.path("slot").asInt(), values.size()));
      if (!Files.isRegularFile(file) || !hash(file).equals(hash.asString(""))) {
        return Optional.empty();
      }
      values.add(Npy.read(file));
    }
    return Optional.of(new State(json.path("done").asLong(), values));
  }

  private static String hash(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
  }

  /**
   * Writes into the slot that the last state does not use, so that a kill leaves that one whole.
   */
  @Override
  public void save(State state) {
    int slot = folder.recall(name + "/state.json", json -> 1 - json.path("slot").asInt()).orElse(0);
    ObjectNode node = MAPPER.createObjectNode();
    ArrayNode hashes = node.putArray("sha256");
    for (int i = 0; i < state.values().size(); i++) {
      Path file = folder.resolve(array(slot, i));
      Npy.write(state.values().get(i), file);
      hashes.add(hash(file));
    }
    node.put("done", state.done());
    node.put("slot", slot);
    folder.keep(name + "/state.json", node);
  }

  private String array(int slot, int index) {
    return "%s/%s-%s.npy".formatted(name, slot, index);
  }

  /** Removes all states. */
  public void delete() {
    folder.delete(name);
  }
}
