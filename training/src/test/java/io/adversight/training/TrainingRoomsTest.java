package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.Rooms;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingRoomsTest {
  @Test
  void dataFlowOneWay() {
    Rooms.usesOnly("training.architecture", List.of());
    Rooms.usesOnly("training.data", List.of("training.architecture"));
    Rooms.usesOnly("training.loss", List.of("training.architecture"));
    Rooms.usesOnly("training", List.of("training.architecture", "training.data", "training.loss"));
    assertThat(Rooms.of("training"))
        .containsExactly("training", "training.architecture", "training.data", "training.loss");
  }
}
