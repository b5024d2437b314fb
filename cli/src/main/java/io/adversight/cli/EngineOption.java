package io.adversight.cli;

import io.adversight.model.ForwardEngine;
import picocli.CommandLine.Option;

/** What computes passes without gradients. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "computes passes that need no gradient: auto (ONNX Runtime where it takes the network),"
              + " libtorch or onnxruntime; gradients are always libtorch's")
  String engine = ForwardEngine.AUTO.toString();

  ForwardEngine engine() {
    return ForwardEngine.named(engine);
  }
}
