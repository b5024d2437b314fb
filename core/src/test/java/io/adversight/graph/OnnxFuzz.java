package io.adversight.graph;

import com.google.protobuf.Message;
import java.util.List;

/** What Jazzer calls with inputs for the ONNX importer; see CONTRIBUTING.md. */
public final class OnnxFuzz {
  private OnnxFuzz() {}

  /** Valid files to begin with: one network per use of an operator. */
  public static List<byte[]> seeds() {
    return OnnxMutationTest.networks().stream().map(Message::toByteArray).toList();
  }

  /** Reads and runs a network; anything but the documented exception is a finding. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      OnnxMutationTest.read(input);
    } catch (ModelFormatException e) {
      // As documented.
    }
  }
}
