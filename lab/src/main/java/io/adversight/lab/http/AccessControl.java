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

  /**
   * Access to the server at {@code host}.
   *
   * @param token what users must know, if anything
   */
  public AccessControl(String host, Optional<String> token) {
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
    if (ctx.path().equals("/") && matches(ctx.queryParam("token"))) {
      Cookie cookie = new Cookie(COOKIE, token.get());
      cookie.setHttpOnly(true);
      cookie.setSameSite(SameSite.STRICT);
      ctx.cookie(cookie);
      ctx.status(303).header("Location", "/");
      return true;
    }
    String bearer = ctx.header("Authorization");
    boolean known =
        matches(ctx.cookie(COOKIE))
            || (bearer != null
                && bearer.startsWith("Bearer ")
                && matches(bearer.substring("Bearer ".length())));
    if (!known) {
      throw new HttpStatusException(
          401, "open the address that was printed at the start: it has the token");
    }
    return false;
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

  private boolean matches(@Nullable String given) {
    return given != null
        && token.isPresent()
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), token.get().getBytes(StandardCharsets.UTF_8));
  }
}
