package io.adversight.lab.http;

import io.javalin.http.Context;

/** The headers that restrict a page of this server to the lab's own resources. */
public final class SafetyHeaders {
  private final String policy;

  /**
   * The headers of every answer.
   *
   * @param scripts what may run beside the server's own files, as a policy has it
   */
  public SafetyHeaders(String scripts) {
    this.policy =
        "default-src 'none'; script-src 'self'%s; style-src 'self'; img-src 'self' blob: data:;"
                .formatted(scripts)
            + " connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self';"
            + " media-src 'self' blob:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";
  }

  /** Adds them. */
  public void addTo(Context ctx) {
    ctx.header("Content-Security-Policy", policy)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        .header("Cache-Control", "no-store");
  }
}
