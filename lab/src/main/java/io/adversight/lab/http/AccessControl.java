package io.adversight.lab.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Admits only requests of this very page: other names for this server (DNS rebinding), other pages
 * (cross-site requests and WebSockets) and users without the token are refused.
 */
public final class AccessControl {
  private static final String COOKIE = "adversight-token";
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

  private final String host;
  private final Set<String> names;
  private final Optional<String> token;
  private final Optional<String> guests;

  /** Routes by which networks, runs and the disk are changed, and the view that others follow. */
  private static final Pattern OF_THE_HOST =
      Pattern.compile("/api/(models|model-files|model-uploads|studies|jobs|presentation)(/.*)?");

  /**
   * Access to the server at {@code host}.
   *
   * @param token what users must know, if anything
   * @param guests what guests must know, if there are any
   */
  public AccessControl(String host, Optional<String> token, Optional<String> guests) {
    this.guests = guests;
    this.host = host.toLowerCase(Locale.ROOT);
    this.token = token;
    this.names = new HashSet<>(Set.of("127.0.0.1", "localhost", "[::1]"));
    names.add(this.host);
    names.add("[" + this.host + "]");
    if (isEverywhere()) {
      names.addAll(Machine.names());
    }
  }

  private boolean isEverywhere() {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  /**
   * Admits a request or rejects it.
   *
   * @return whether it is answered already: it brought the token in its address
   * @throws HttpStatusException if it may not pass
   */
  public boolean admit(Context ctx) {
    String requested = ctx.header("Host");
    if (requested == null || !isOurName(requested)) {
      throw new HttpStatusException(
          403, "this server does not answer to that name; use the printed address");
    }
    checkOrigin(ctx, requested);
    if (token.isEmpty() || ctx.path().equals("/health")) {
      return false;
    }
    String brought = ctx.queryParam("token");
    if (ctx.path().equals("/") && brought != null && isKnown(brought)) {
      Cookie cookie = new Cookie(COOKIE, brought);
      cookie.setHttpOnly(true);
      cookie.setSameSite(SameSite.STRICT);
      ctx.cookie(cookie);
      ctx.status(303).header("Location", "/");
      return true;
    }
    if (!isKnown(given(ctx))) {
      throw new HttpStatusException(
          401, "open the address that was printed at the start: it has the token");
    }
    checkGuest(ctx);
    return false;
  }

  /** Whether a request that was admitted is of a guest. */
  public boolean isGuest(Context ctx) {
    return token.isPresent() && !matches(given(ctx), token) && matches(given(ctx), guests);
  }

  private void checkGuest(Context ctx) {
    String method = ctx.req().getMethod();
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (!reads && isGuest(ctx) && OF_THE_HOST.matcher(ctx.path()).matches()) {
      throw new HttpStatusException(
          403, "guests look at networks and runs; the host of this lab changes them");
    }
  }

  /** The token of a request: in the cookie, or as other programs send it. */
  private static @Nullable String given(Context ctx) {
    String bearer = ctx.header("Authorization");
    return bearer != null && bearer.startsWith("Bearer ")
        ? bearer.substring("Bearer ".length())
        : ctx.cookie(COOKIE);
  }

  private boolean isKnown(@Nullable String brought) {
    return matches(brought, token) || matches(brought, guests);
  }

  private void checkOrigin(Context ctx, String requested) {
    String origin = ctx.header("Origin");
    if (origin != null && !origin.equalsIgnoreCase("http://" + requested)) {
      throw new HttpStatusException(403, "another page may not use this server");
    }
    String site = ctx.header("Sec-Fetch-Site");
    boolean navigates = "navigate".equals(ctx.header("Sec-Fetch-Mode"));
    if (site != null
        && !site.equals("same-origin")
        && !site.equals("none")
        && !(navigates && ctx.req().getMethod().equals("GET"))) {
      throw new HttpStatusException(403, "another page may not use this server");
    }
  }

  private boolean isOurName(String requested) {
    String name = requested.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
    // Any other name can be made to point here; an address cannot.
    return names.contains(name) || (isEverywhere() && ADDRESS.matcher(name).matches());
  }

  private static boolean matches(@Nullable String given, Optional<String> secret) {
    return given != null
        && secret.isPresent()
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), secret.get().getBytes(StandardCharsets.UTF_8));
  }
}
