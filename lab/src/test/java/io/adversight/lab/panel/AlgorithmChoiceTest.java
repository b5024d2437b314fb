package io.adversight.lab.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.input.InputException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmChoiceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../secret",
        "C:\\secret",
        "net.onnx",
        "NET.SafeTensors",
        "1/etc",
        "type-one(generator=/etc/x)"
      })
  void takesNoPaths(String value) {
    Map<String, String> parameters = Map.of("generator", value);
    assertThatThrownBy(() -> new AlgorithmChoice("type-one", parameters))
        .isInstanceOf(InputException.class)
        .hasMessage("generator takes no path here; name a known network");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8/255", "2.5 / 255", "1/3", "digits-svae", "pgd(epsilon=8/255)", "1e-3"})
  void takesNumbersAndNames(String value) {
    assertThat(new AlgorithmChoice("type-one", Map.of("generator", value)).parameters())
        .containsEntry("generator", value);
  }
}
