package io.adversight.lab.browser;

import io.adversight.home.DataHome;
import io.adversight.lab.Lab;
import io.adversight.lab.LabOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Labs for tests: on this machine only, with the embedded networks and an empty data home. */
final class Labs {
  private Labs() {}

  static Lab start(Path home, int port) {
    return Lab.start(
        new LabOptions(
            LabOptions.LOOPBACK,
            port,
            Optional.empty(),
            Optional.empty(),
            new DataHome(home, List.of())));
  }
}
