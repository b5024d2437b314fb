package io.adversight.evaluation.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Networks;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.tensor.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelShiftTest {
  private final Classifier network = Networks.formula();

  @Test
  void ordersChannelsByHowMuchTheyRose() {
    Raster clean = Batches.rasters(Networks.formulaInput()).get(0);
    Raster changed =
        Raster.generate(1, 8, 8, (c, y, x) -> Math.min(1, clean.at(c, y, x) + 0.2 * (y % 2)));
    List<ChannelShift> all = ChannelShift.of(network, "relu2", clean, changed, 3);
    assertThat(all).hasSize(3);
    for (ChannelShift each : all) {
      assertThat(each.before()).isCloseTo(mean(each.channel(), clean), within(1e-6));
      assertThat(each.after()).isCloseTo(mean(each.channel(), changed), within(1e-6));
    }
    assertThat(all.get(0).rise()).isGreaterThanOrEqualTo(all.get(1).rise());
    assertThat(all.get(1).rise()).isGreaterThanOrEqualTo(all.get(2).rise());
    assertThat(ChannelShift.of(network, "relu2", clean, changed, 1)).containsExactly(all.get(0));
  }

  private double mean(int channel, Raster image) {
    try (Scope scope = Scope.open()) {
      return network
          .trace(Batches.of(List.of(image)))
          .values(new Objective.Channel("relu2", channel))
          .item();
    }
  }
}
