package io.adversight.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.input.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobArgumentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run | expected run SPEC.json --out DIR",
        "walk a.json | expected run SPEC.json --out DIR",
        "run a.json | --out is missing",
        "run a.json --out | --out needs a value",
        "run a.json --out b --image c | there is no option \"--image\"; did you mean images?",
        "run a.json --out b --max-errors 2 | a share from 0 to 1",
        "run a.json --out b --max-errors few | a share from 0 to 1",
        "report a --out b | there is no option \"--out\""
      })
  void wrongWordsAreRefused(String words, String message) {
    assertThatThrownBy(() -> JobArguments.parse(List.of(words.strip().split(" "))))
        .hasMessageContaining(message.strip());
  }

  @Test
  void optionsChangeTheSpecification() {
    JobArguments arguments =
        JobArguments.parse(
            List.of("run", "a.json", "--out", "b", "--images", "c", "--part-size", "20"));
    JobSpec spec =
        arguments.applied(
            JobSpec.parse("{\"model\": \"digits\", \"attacks\": [\"fgsm\"]}", "a.json"));
    assertThat(spec.images()).isEqualTo("c");
    assertThat(spec.partSize()).as("a multiple of the batch").isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[2]", "local[*]", "yarn", "k8s://https://host:6443"})
  void mastersOfSparkAreKnown(String master) {
    assertThatCode(() -> Master.check(master)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lokal[2]", "spark://host", "local[0]", "", "http://host:7077"})
  void otherMastersAreRefused(String master) {
    assertThatThrownBy(() -> Master.check(master))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a master is local[N], spark://HOST:PORT");
  }

  @Test
  void aMasterThatDoesNotAnswerIsRefused() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThatThrownBy(() -> Master.check("spark://127.0.0.1:" + port))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no Spark master answers at 127.0.0.1:" + port);
  }
}
