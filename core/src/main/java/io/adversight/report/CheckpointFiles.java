package io.adversight.report;

import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.run.Checkpoint;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
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
    return folder
        .recall(name + "/state.json")
        .map(
            json -> {
              List<Raster> values = new ArrayList<>();
              for (int i = 0; i < json.path("values").asInt(); i++) {
                values.add(Npy.read(folder.resolve(array(json.path("slot").asInt(), i))));
              }
              return new State(json.path("done").asLong(), values);
            });
  }

  /**
   * Writes into the slot that the last state does not use, so that a kill leaves that one whole.
   */
  @Override
  public void save(State state) {
    int slot =
        folder.recall(name + "/state.json").map(json -> 1 - json.path("slot").asInt()).orElse(0);
    for (int i = 0; i < state.values().size(); i++) {
      Npy.write(state.values().get(i), folder.resolve(array(slot, i)));
    }
    ObjectNode node = MAPPER.createObjectNode();
    node.put("done", state.done());
    node.put("slot", slot);
    node.put("values", state.values().size());
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
