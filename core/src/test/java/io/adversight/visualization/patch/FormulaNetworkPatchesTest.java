package io.adversight.visualization.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Networks;
import io.adversight.data.Labels;
import io.adversight.graph.ReferenceNetworks;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Device;
import io.adversight.tensor.Scope;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Reference case E7: the formula network. */
class FormulaNetworkPatchesTest {
  private final GraphClassifier network =
      new GraphClassifier(
          Networks.formula().card(), Labels.numbers(4), ReferenceNetworks.f8(), Device.CPU);

  @Test
  void findsThePositionThatExcitesEachChannelMost() { // case E7
    try (Scope scope = Scope.open();
        PatchScan scan = new PatchScan(network, List.of("relu2"), 1)) {
      scan.add(ReferenceNetworks.f8Input());
      PatchScan.Found found = Objects.requireNonNull(scan.found().get("relu2"));
      float[] values = found.values().toFloats();
      assertThat((double) values[0]).isCloseTo(0.4178125, within(1e-6));
      assertThat((double) values[1]).isCloseTo(0.514375, within(1e-6));
      assertThat((double) values[2]).isCloseTo(0.78125, within(1e-6));
      assertThat(found.places().toFloats()).containsExactly(2 * 3 + 1, 1 * 3 + 2, 2 * 3);
    }
  }
}
