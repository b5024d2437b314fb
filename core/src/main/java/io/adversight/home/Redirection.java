package io.adversight.home;

import java.net.URI;
import java.util.Optional;

/**
 * Where a request led.
 *
 * @param source the address that was asked first
 * @param end the address that answered: another one after a redirect
 */
record Redirection(URI source, URI end) {
  private static final int LONGEST = 100;

  /** The route that leads no further than its source. */
  static Redirection to(URI source) {
    return new Redirection(source, source);
  }

  /** This route when its end names another address, absolute or relative, to go on to. */
  Optional<Redirection> redirected(String location) {
    try {
      URI next = end.resolve(location);
      return next.getHost() == null ? Optional.empty() : Optional.of(new Redirection(source, next));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the way from {@code before} to here is one that a download may take. */
  boolean isAsSafeAs(Redirection before) {
    return "https".equalsIgnoreCase(end.getScheme())
        || ("http".equalsIgnoreCase(end.getScheme())
            && "http".equalsIgnoreCase(before.end.getScheme()));
  }

  /** The host at the end, with its port where one is given. */
  String host() {
    return shown(end.getPort() < 0 ? end.getHost() : end.getHost() + ":" + end.getPort());
  }

  /** The source, and the host at the end where that is another. */
  @Override
  public String toString() {
    return host().equals(to(source).host())
        ? source.toString()
        : "%s (redirected to %s)".formatted(source, host());
  }

  /** What a server sent, made fit for a message: one short line without control characters. */
  static String shown(String sent) {
    String line = sent.replaceAll("\\p{C}+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
