package io.adversight.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.home.DataHome;
import io.adversight.home.SharedData;
import io.adversight.run.Run;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small experiment with real networks and a real photo gives the committed numbers again. */
class MeasuredAgainTest {
  @TempDir Path folder;

  @Test
  void thePandaOnTwoNetworks() {
    Path mirror = SharedData.path("models/mobilenet_v2.onnx").resolve("../..").normalize();
    SharedData.path("images/imagenet-sample");
    Measured measured =
        new Reproduction(Experiments.named("advis-panda"), RunOptions.FULL, folder)
            .measure(new DataHome(folder.resolve("home"), List.of(mirror)), Run.of(1));
    Measured committed = Experiments.committed("advis-panda").orElseThrow();
    assertThat(measured.numbers()).containsOnlyKeys(committed.numbers().keySet());
    measured
        .numbers()
        .forEach(
            (name, value) ->
                assertThat(value).as(name).isCloseTo(committed.numbers().get(name), within(0.01)));
  }
}
