package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.home.DataHome;
import io.adversight.lab.http.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab that listens at all addresses of its machine. */
class EverywhereTest {
  @TempDir Path home;

  private Lab start() {
    return Lab.start(
        new LabOptions(
            "0.0.0.0",
            0,
            Optional.of("a-long-secret"),
            Optional.empty(),
            new DataHome(home, List.of())));
  }

  @Test
  void saysTheAddressesOfTheMachineWithTheToken() {
    try (Lab lab = start()) {
      List<String> addresses = lab.addresses();
      String end = ":" + lab.port() + "/?token=a-long-secret";
      assertThat(addresses).allMatch(address -> address.endsWith(end));
      for (String own : Machine.addresses()) {
        assertThat(addresses)
            .contains("http://" + (own.contains(":") ? "[" + own + "]" : own) + end);
      }
      assertThat(addresses.get(addresses.size() - 1)).isEqualTo("http://127.0.0.1" + end);
      assertThat(lab.guestAddresses()).isNotEmpty().allMatch(addresses::contains);
      assertThat(lab.guestCode(false)).isPresent();
    }
  }

  @Test
  void answersToTheMachinesOwnNamesAndNoOthers() throws IOException {
    try (Lab lab = start()) {
      for (String own : Machine.names()) {
        assertThat(status(lab, own)).as(own).contains(" 200 ");
        assertThat(status(lab, own.toUpperCase(java.util.Locale.ROOT))).contains(" 200 ");
      }
      assertThat(status(lab, InetAddress.getLocalHost().getHostAddress())).contains(" 200 ");
      assertThat(status(lab, "evil.example")).contains(" 403 ");
    }
  }

  private static String status(Lab lab, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /health HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n"
                  .formatted(host, lab.port())
                  .getBytes(StandardCharsets.ISO_8859_1));
      return String.valueOf(
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
              .readLine());
    }
  }
}
