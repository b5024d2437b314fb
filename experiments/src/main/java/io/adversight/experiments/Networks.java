package io.adversight.experiments;

import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.model.EngineChoice;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The networks of an experiment, each opened once. */
final class Networks {
  private final DataHome home;
  private final Map<String, String> sources;
  private final EngineChoice engine;
  private final Map<String, GraphClassifier> open = new HashMap<>();

  /**
   * Networks in the data home, its mirrors and on the hub.
   *
   * @param sources where to get those that may be missing
   * @param engine computes their passes
   */
  Networks(DataHome home, Map<String, String> sources, EngineChoice engine) {
    this.home = home;
    this.sources = Map.copyOf(sources);
    this.engine = engine;
  }

  DataHome home() {
    return home;
  }

  /** Those opened so far. */
  List<GraphClassifier> opened() {
    return List.copyOf(open.values());
  }

  GraphClassifier open(String name) {
    return open.computeIfAbsent(name, key -> read(locate(key)));
  }

  GraphClassifier open(String name, int pixels) {
    return open.computeIfAbsent(
        name + "@" + pixels, key -> read(locate(name).withInput(pixels, pixels)));
  }

  /** A network that no name leads to. */
  GraphClassifier read(Path file, ModelCard card) {
    return open.computeIfAbsent(file.toString(), key -> read(ModelFile.of(file, card)));
  }

  private GraphClassifier read(ModelFile file) {
    return ModelReader.open(file, Device.CPU).on(engine);
  }

  private ModelFile locate(String name) {
    try {
      return new Models(home).locate(name, ByteProgress.NONE);
    } catch (UnknownNameException e) {
      String source = sources.get(name);
      if (source == null) {
        throw e;
      }
      throw new InputException(
          "the network %s is not here: %s; or name another with --model where one is enough"
              .formatted(name, source),
          e);
    }
  }
}
