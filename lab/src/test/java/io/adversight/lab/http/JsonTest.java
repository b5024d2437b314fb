package io.adversight.lab.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {
  private record Places(int first, List<Integer> others, double share) {}

  @Test
  void readsWholeNumbers() {
    assertThat(Json.read("{\"first\": 1, \"others\": [2, 3], \"share\": 4}", Places.class))
        .isEqualTo(new Places(1, List.of(2, 3), 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"first\": 0.5, \"others\": [], \"share\": 0.5}",
        "{\"first\": 0, \"others\": [1, 0.5], \"share\": 0.5}"
      })
  void refusesFractionsWhereWholeNumbersStand(String json) {
    assertThatThrownBy(() -> Json.read(json, Places.class))
        .isInstanceOfSatisfying(
            JacksonException.class,
            problem -> assertThat(io.adversight.text.Json.reason(problem)).contains("0.5"));
  }
}
