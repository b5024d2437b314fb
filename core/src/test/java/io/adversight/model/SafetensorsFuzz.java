package io.adversight.model;

import io.adversight.graph.ModelFormatException;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Jazzer calls with inputs for the safetensors reader; see CONTRIBUTING.md. */
public final class SafetensorsFuzz {
  private SafetensorsFuzz() {}

  /** A valid file to begin with. */
  public static List<byte[]> seeds() {
    return List.of(ModelMutationTest.safetensors());
  }

  /** Reads tensors; anything but the documented exception is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path file = Files.createTempFile("fuzz", ".safetensors");
    try (Scope scope = Scope.open()) {
      Files.write(file, input);
      Safetensors.read(file).tensors().values().forEach(Tensor::toDoubles);
    } catch (ModelFormatException e) {
      // As documented.
    } finally {
      Files.delete(file);
    }
  }
}
