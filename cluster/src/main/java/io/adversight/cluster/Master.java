package io.adversight.cluster;

import io.adversight.input.InputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cluster that a job runs on, checked before Spark starts: Spark itself waits a minute. */
final class Master {
  private static final Pattern LOCAL =
      Pattern.compile("local(\\[([1-9]\\d*|\\*)(, *\\d+)?])?|local-cluster\\[.*]");

  private static final Pattern STANDALONE =
      Pattern.compile("spark://([^:,/]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})(,.*)?");

  private static final Pattern OTHER = Pattern.compile("yarn|k8s://.+");
  private static final int TIMEOUT_MILLIS = 5000;

  private Master() {}

  /**
   * Refuses what is no master, or one that does not answer.
   *
   * @throws InputException naming it
   */
  static void check(String master) {
    Matcher standalone = STANDALONE.matcher(master);
    if (standalone.matches()) {
      if (standalone.group(3) == null) {
        connect(standalone.group(1), Integer.parseInt(standalone.group(2)));
      }
    } else if (!LOCAL.matcher(master).matches() && !OTHER.matcher(master).matches()) {
      throw new InputException(
          "a master is local[N], spark://HOST:PORT, yarn or k8s://URL, but was \"%s\""
              .formatted(master));
    }
  }

  private static void connect(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "no Spark master answers at %s:%s; is it running there?".formatted(host, port), e);
    }
  }
}
