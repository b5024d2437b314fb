package io.adversight.cli;

import io.adversight.defense.DefenseChain;
import io.adversight.home.DataHome;
import io.adversight.model.Classifier;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Several networks, and how they are computed. */
final class ModelsOptions {
  @Option(
      names = "--models",
      required = true,
      split = ",",
      paramLabel = "NAME|FILE.onnx",
      description = "known models, or ONNX files with a card beside them")
  List<String> models = List.of();

  @Option(
      names = "--input",
      paramLabel = "PIXELS",
      description =
          "side of the input images of all networks (default: each network's own);"
              + " networks with global pooling take other sizes than their own")
  @Nullable Integer side;

  @Option(names = "--device", paramLabel = "cpu|cuda", description = "where to compute")
  String device = "cpu";

  @Option(names = "--threads", paramLabel = "N", description = "threads of one operation")
  @Nullable Integer threads;

  @Mixin EngineOption engine = new EngineOption();
  @Mixin DefenseOptions defense = new DefenseOptions();

  /** Opens all networks, fetching them first if need be, behind the defence that was asked for. */
  List<Classifier> open(DataHome home) {
    return open(home, side == null ? 0 : side);
  }

  /** Opens all networks for images of a given side; 0 for each network's own. */
  List<Classifier> open(DataHome home, int pixels) {
    if (threads != null) {
      Engine.setThreads(threads);
    }
    Optional<DefenseChain> chain = defense.chain();
    Models known = new Models(home);
    return models.stream()
        .map(
            name -> {
              ModelFile own = Downloads.locate(known, name.strip());
              ModelFile sized = pixels == 0 ? own : own.withInput(pixels, pixels);
              return (Classifier)
                  defense.before(
                      ModelReader.open(sized, Device.parse(device)).on(engine.engine()), chain);
            })
        .toList();
  }
}
