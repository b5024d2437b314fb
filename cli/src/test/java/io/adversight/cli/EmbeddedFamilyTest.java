package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DataSets;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.model.KnownModel;
import io.adversight.model.ModelFile;
import io.adversight.model.Models;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFamilyTest {
  @TempDir Path folder;

  @Test
  void everyEmbeddedNetworkIsInOneFamilyWithTheClassesOfItsData() {
    DataHome home = new DataHome(folder, List.of());
    Models models = new Models(home);
    List<EmbeddedFamily> families = EmbeddedFamily.all(home);
    assertThat(families.stream().flatMap(family -> family.networks().stream()))
        .containsExactlyInAnyOrderElementsOf(
            models.list().stream()
                .filter(known -> known.state() == KnownModel.State.EMBEDDED)
                .map(KnownModel::id)
                .toList());
    assertThat(families)
        .extracting(EmbeddedFamily::data)
        .containsExactlyInAnyOrder("mnist", "aviary", "cifar10");
    for (EmbeddedFamily family : families) {
      assertThat(DataSets.ids()).contains(family.data());
      assertThat(family.epsilons()).hasSize(2);
      List<List<String>> labels =
          family.networks().stream()
              .map(name -> models.locate(name, ByteProgress.NONE))
              .map(ModelFile::labels)
              .map(each -> each.names())
              .distinct()
              .toList();
      assertThat(labels).as("classes of %s", family.data()).hasSize(1);
    }
  }
}
