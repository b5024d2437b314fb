package io.adversight.cli;

import io.adversight.model.EngineChoice;
import picocli.CommandLine.Option;

/** What computes the passes of a network. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "computes predictions and gradients: auto (ONNX Runtime where it takes the network),"
              + " libtorch or onnxruntime; gradients that are not symbolic are always libtorch's")
  String engine = EngineChoice.AUTO.toString();

  EngineChoice engine() {
    return EngineChoice.named(engine);
  }
}
