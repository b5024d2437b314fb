package io.adversight.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.home.DataHome;
import io.adversight.model.EngineChoice;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  @TempDir private Path folder;

  @Test
  void opensNetworksWithTheEngineOfTheLab() {
    DataHome home = new DataHome(folder, List.of());
    Disk disk = new Disk(home, Quota.USUAL);
    assertThat(new ModelStore(home, disk, EngineChoice.LIBTORCH).open("digits").engine())
        .startsWith("libtorch");
    assertThat(new ModelStore(home, disk, EngineChoice.ONNXRUNTIME).open("digits").engine())
        .contains("ONNX Runtime");
  }
}
