package io.adversight.lab.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPathsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cannot write /home/a b/.adversight/models/x.onnx: no room"
            + "|cannot write x.onnx: no room",
        "/tmp/adversight-upload7/net.onnx: not ONNX|net.onnx: not ONNX",
        "make room in /data/models/, or go|make room in , or go",
        "C:\\Users\\a\\net.onnx is missing|net.onnx is missing",
        "see https://example.org/models/net.onnx for more"
            + "|see https://example.org/models/net.onnx for more",
        "epsilon 8/255 is 0.03 of [0, 1]|epsilon 8/255 is 0.03 of [0, 1]",
        "\"/secret/cat.png\" is no image|\"cat.png\" is no image",
      })
  void fileNamesStandInThePlaceOfPaths(String message, String reply) {
    assertThat(LocalPaths.hiddenIn(message)).isEqualTo(reply);
  }
}
