package io.adversight.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ProxiesTest {
  private static final List<String> OF_JAVA =
      List.of("https.proxyHost", "https.proxyPort", "http.proxyHost", "http.proxyPort");
  private static final byte[] CONTENT = {1, 2, 3};

  private final Map<String, String> before = new HashMap<>();
  @TempDir private Path folder;

  /** The tests' own machine may have proxies. */
  @BeforeEach
  void clear() {
    for (String name : OF_JAVA) {
      String value = System.clearProperty(name);
      if (value != null) {
        before.put(name, value);
      }
    }
  }

  @AfterEach
  void restore() {
    OF_JAVA.forEach(System::clearProperty);
    before.forEach(System::setProperty);
  }

  private static String proxy(Map<String, String> environment, String address) {
    Proxy proxy = new Proxies(environment).select(URI.create(address)).get(0);
    return proxy.address() instanceof InetSocketAddress at
        ? at.getHostString() + ":" + at.getPort()
        : "direct";
  }

  @Test
  void takesTheVariableOfTheAddressesScheme() {
    Map<String, String> both =
        Map.of("HTTPS_PROXY", "http://secure.example:3128", "http_proxy", "plain.example:8080/");
    assertThat(proxy(both, "https://files.example/a")).isEqualTo("secure.example:3128");
    assertThat(proxy(both, "http://files.example/a")).isEqualTo("plain.example:8080");
    assertThat(proxy(Map.of(), "https://files.example/a")).isEqualTo("direct");
    assertThat(proxy(Map.of("HTTPS_PROXY", " "), "https://files.example/a")).isEqualTo("direct");
    assertThat(proxy(Map.of("ALL_PROXY", "http://any.example"), "https://files.example/a"))
        .isEqualTo("any.example:80");
    assertThat(
            proxy(
                Map.of("https_proxy", "http://low:1", "HTTPS_PROXY", "http://up:2"),
                "https://files.example/a"))
        .isEqualTo("low:1");
  }

  @Test
  void asksTheHostsOfNoProxyAndThisMachineDirectly() {
    Map<String, String> environment =
        Map.of(
            "https_proxy", "http://p:1", "NO_PROXY", "inner.example, .corp.test,*.wild.test,x:444");
    for (String direct :
        List.of(
            "inner.example",
            "a.inner.example",
            "corp.test",
            "b.corp.test",
            "c.wild.test",
            "x:444",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "INNER.example")) {
      assertThat(proxy(environment, "https://" + direct + "/f")).as(direct).isEqualTo("direct");
    }
    for (String other : List.of("outer.example", "notinner.example", "x", "x:443", "wild.org")) {
      assertThat(proxy(environment, "https://" + other + "/f")).as(other).isEqualTo("p:1");
    }
    Map<String, String> none = Map.of("https_proxy", "http://p:1", "no_proxy", "*");
    assertThat(proxy(none, "https://outer.example/f")).isEqualTo("direct");
  }

  @Test
  void takesJavasPropertiesBeforeTheEnvironment() {
    System.setProperty("https.proxyHost", "java.example");
    System.setProperty("https.proxyPort", "99");
    Map<String, String> environment = Map.of("HTTPS_PROXY", "http://p:1", "HTTP_PROXY", "p:2");
    assertThat(proxy(environment, "https://files.example/a")).isEqualTo("java.example:99");
    assertThat(proxy(environment, "http://files.example/a")).isEqualTo("p:2");
  }

  @Test
  void saysWhatAVariableMustBe() {
    for (String wrong : List.of("socks5://p:1", "https://p:1", "http://", "http://a b")) {
      Proxies proxies = new Proxies(Map.of("https_proxy", wrong));
      assertThatThrownBy(proxies::client)
          .isInstanceOf(FetchException.class)
          .hasMessage(
              "the environment variable https_proxy must be http://HOST:PORT, the address of an"
                  + " HTTP proxy");
    }
  }

  @Test
  void aDownloadGoesThroughTheProxyWithItsAccount() throws IOException {
    try (FileServer server = new FileServer(CONTENT)) {
      String proxy = "http://me:p%40ss@127.0.0.1:" + server.at("/").getPort();
      Download download = new Download(Patience.DEFAULT, Sink.DISK, Map.of("HTTP_PROXY", proxy));
      for (String host : List.of("open.invalid", "closed.invalid")) {
        RemoteFile file =
            new RemoteFile(
                "models/" + host,
                List.of(URI.create("http://" + host + "/f")),
                Sha256.of(CONTENT),
                3);
        Path target = folder.resolve(host);
        assertThat(download.fetch(file, target, ByteProgress.NONE)).hasBinaryContent(CONTENT);
      }
      assertThat(server.requests())
          .startsWith("proxy http://open.invalid/f null", "proxy http://closed.invalid/f null")
          .endsWith("proxy http://closed.invalid/f Basic bWU6cEBzcw==");
    }
  }
}
