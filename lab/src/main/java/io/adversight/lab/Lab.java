package io.adversight.lab;

import io.adversight.lab.http.Failure;
import io.adversight.lab.http.Guard;
import io.adversight.lab.http.Json;
import io.adversight.lab.http.Route;
import io.adversight.lab.http.SafetyHeaders;
import io.adversight.lab.http.WebFiles;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.net.BindException;
import java.util.List;

/** A running lab: a server for one page, its questions and its live pictures. */
public final class Lab implements AutoCloseable {
  private static final long STOP_MILLISECONDS = 10_000;

  private final LabOptions options;
  private final Javalin server;

  private Lab(LabOptions options, Javalin server) {
    this.options = options;
    this.server = server;
  }

  /**
   * Starts a lab.
   *
   * @throws IllegalArgumentException if the address cannot be used
   */
  public static Lab start(LabOptions options) {
    Routes routes = new Routes();
    Javalin server = Javalin.create(config -> configure(config, options, routes.all()));
    try {
      server.start(options.host(), options.port());
    } catch (RuntimeException e) {
      throw unusable(options, e);
    }
    return new Lab(options, server);
  }

  private static RuntimeException unusable(LabOptions options, RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException || cause instanceof java.net.UnknownHostException) {
        return new IllegalArgumentException(
            "cannot listen at %s port %d (%s); choose another with --port"
                .formatted(options.host(), options.port(), cause.getMessage()),
            e);
      }
    }
    return e;
  }

  private static void configure(JavalinConfig config, LabOptions options, List<Route> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(server -> server.setStopTimeout(STOP_MILLISECONDS));
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setRelativeRedirectAllowed(true);
        });
    WebFiles files = new WebFiles();
    Guard guard = new Guard(options.host(), options.token());
    SafetyHeaders headers = new SafetyHeaders(files.importMapSources());
    config.routes.before(
        ctx -> {
          headers.addTo(ctx);
          if (guard.admit(ctx)) {
            ctx.skipRemainingHandlers();
          }
        });
    for (Route route : routes) {
      config.routes.addEndpoint(new Endpoint(route.method(), route.path(), route.handler()));
    }
    config.routes.get("/", files::serve);
    config.routes.get("/<file>", files::serve);
    config.routes.exception(Exception.class, (error, ctx) -> tell(ctx, Failure.of(error)));
  }

  private static void tell(Context ctx, Failure.Told told) {
    ctx.status(told.status());
    if (told.status() == 503) {
      ctx.header("Retry-After", "1");
    }
    Json.answer(ctx, told.failure());
  }

  /** The address to open, with the token where one is needed. */
  public String address() {
    boolean everywhere = options.host().equals("0.0.0.0");
    String name = everywhere ? hostName() : options.host();
    return "http://%s:%d/%s"
        .formatted(
            name.contains(":") ? "[" + name + "]" : name,
            port(),
            options.token().map(token -> "?token=" + token).orElse(""));
  }

  private static String hostName() {
    try {
      return java.net.InetAddress.getLocalHost().getHostAddress();
    } catch (java.net.UnknownHostException e) {
      return LabOptions.LOOPBACK;
    }
  }

  /** The port it listens at. */
  public int port() {
    return server.port();
  }

  /** Stops: no new visitors, running work ends or is cancelled. */
  @Override
  public void close() {
    server.stop();
  }
}
