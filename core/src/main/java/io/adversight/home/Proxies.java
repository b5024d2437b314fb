package io.adversight.home;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy of a request. Java's own properties ({@code https.proxyHost} and its kin) decide where
 * they name one; else the environment does, as for most programs: {@code HTTPS_PROXY}, {@code
 * HTTP_PROXY}, {@code ALL_PROXY}, and {@code NO_PROXY}, a list of hosts that are asked directly,
 * with all below them. Lower-case names stand above upper-case ones. This machine itself is always
 * asked directly.
 */
final class Proxies extends ProxySelector {
  private static final int USUAL_PORT = 80;
  private static final String PASSWORDS_IN_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  private final Map<String, String> environment;

  Proxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * A client builder that takes these proxies, with the name and password of their addresses.
   *
   * @throws FetchException if a variable is no address of a proxy
   */
  HttpClient.Builder client() {
    Optional<URI> withName =
        List.of("https", "http").stream()
            .flatMap(scheme -> named(scheme).stream())
            .filter(proxy -> proxy.getRawUserInfo() != null)
            .findFirst();
    HttpClient.Builder builder = HttpClient.newBuilder().proxy(this);
    if (withName.isPresent()) {
      // Java withholds plain passwords from proxies of secure connections unless this is empty.
      if (System.getProperty(PASSWORDS_IN_TUNNELS) == null) {
        System.setProperty(PASSWORDS_IN_TUNNELS, "");
      }
      builder.authenticator(new ToProxies(withName.get()));
    }
    return builder;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (isSetInJava(scheme)) {
      return ProxySelector.getDefault().select(uri);
    }
    return named(scheme)
        .filter(proxy -> !isDirect(uri))
        .map(Proxies::address)
        .map(address -> List.of(new Proxy(Proxy.Type.HTTP, address)))
        .orElse(List.of(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
    // The request fails, and says so.
  }

  private static boolean isSetInJava(String scheme) {
    return System.getProperty(scheme + ".proxyHost") != null
        || System.getProperty("socksProxyHost") != null
        || Boolean.getBoolean("java.net.useSystemProxies");
  }

  private static InetSocketAddress address(URI proxy) {
    return new InetSocketAddress(
        proxy.getHost(), proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort());
  }

  /** The proxy for addresses of a scheme. */
  private Optional<URI> named(String scheme) {
    return variable(scheme + "_proxy")
        .or(() -> variable("all_proxy"))
        .map(entry -> proxy(entry.getKey(), entry.getValue()));
  }

  /** The first variable of that name in lower or upper case that is not blank. */
  private Optional<Map.Entry<String, String>> variable(String name) {
    return List.of(name, name.toUpperCase(Locale.ROOT)).stream()
        .filter(known -> !environment.getOrDefault(known, "").isBlank())
        .map(known -> Map.entry(known, environment.getOrDefault(known, "").strip()))
        .findFirst();
  }

  private static URI proxy(String variable, String text) {
    try {
      URI proxy = new URI(text.contains("://") ? text : "http://" + text);
      if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme())) {
        return proxy;
      }
    } catch (java.net.URISyntaxException e) {
      // The message below says what is expected; the text may hold a password.
    }
    throw new FetchException(
        "the environment variable %s must be http://HOST:PORT, the address of an HTTP proxy"
            .formatted(variable));
  }

  private boolean isDirect(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    boolean here = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    String list = variable("no_proxy").map(Map.Entry::getValue).orElse("");
    return here
        || Arrays.stream(list.split("[,\\s]+"))
            .map(entry -> entry.toLowerCase(Locale.ROOT))
            .anyMatch(entry -> covers(entry, host, uri.getPort()));
  }

  /** Whether an entry of the list ({@code *}, a host, a domain, or one with a port) is a host's. */
  private static boolean covers(String entry, String host, int port) {
    int colon = entry.lastIndexOf(':');
    boolean hasPort = colon >= 0 && entry.substring(colon + 1).matches("\\d{1,5}");
    String name = hasPort ? entry.substring(0, colon) : entry;
    String domain = name.replaceFirst("^\\*?\\.", "");
    boolean sameHost =
        name.equals("*")
            || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)));
    return sameHost && (!hasPort || entry.substring(colon + 1).equals(Integer.toString(port)));
  }

  /** The name and password in a proxy's address, for proxies only. */
  private static final class ToProxies extends Authenticator {
    private final PasswordAuthentication account;

    ToProxies(URI proxy) {
      String[] parts = proxy.getRawUserInfo().split(":", 2);
      this.account =
          new PasswordAuthentication(
              decoded(parts[0]), (parts.length < 2 ? "" : decoded(parts[1])).toCharArray());
    }

    private static String decoded(String part) {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
          ? account
          : super.getPasswordAuthentication();
    }
  }
}
