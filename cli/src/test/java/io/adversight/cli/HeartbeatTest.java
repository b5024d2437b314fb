package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HeartbeatTest {
  @Test
  @Timeout(60)
  void saysHowFarTheWorkIs() throws IOException {
    PipedInputStream seen = new PipedInputStream();
    try (PrintStream stream =
            new PrintStream(new PipedOutputStream(seen), true, StandardCharsets.UTF_8);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(seen, StandardCharsets.UTF_8));
        Heartbeat heartbeat = new Heartbeat("images", 5, Duration.ofMillis(1), stream)) {
      assertThat(lines.readLine()).matches("images: 0 of 5, \\d+:\\d\\d so far");

      heartbeat.stepTo("pgd", 3, 8);

      assertThat(lines.lines().filter(line -> line.contains("3 of 8")).findFirst().orElseThrow())
          .matches("images: 3 of 8 \\(pgd\\), \\d+:\\d\\d so far");
    }
  }
}
