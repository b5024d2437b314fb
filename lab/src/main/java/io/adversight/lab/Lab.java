package io.adversight.lab;

import io.adversight.input.InputException;
import io.adversight.lab.classroom.AddressCode;
import io.adversight.lab.http.AccessControl;
import io.adversight.lab.http.Failure;
import io.adversight.lab.http.Json;
import io.adversight.lab.http.Machine;
import io.adversight.lab.http.Metrics;
import io.adversight.lab.http.Route;
import io.adversight.lab.http.SafetyHeaders;
import io.adversight.lab.http.WebFiles;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A running lab: a server for one page, its questions and its live images. */
public final class Lab implements AutoCloseable {
  private static final long STOP_MILLISECONDS = 10_000;

  private final Services services;
  private final Javalin server;

  private Lab(Services services, Javalin server) {
    this.services = services;
    this.server = server;
  }

  /**
   * Starts a lab.
   *
   * @throws IllegalArgumentException if the address cannot be used
   */
  public static Lab start(LabOptions options) {
    Services services = new Services(options);
    Javalin server = Javalin.create(config -> configure(config, services));
    try {
      server.start(options.host(), options.port());
    } catch (RuntimeException e) {
      services.close();
      throw unusable(options, e);
    }
    Lab lab = new Lab(services, server);
    services.guestAddresses = lab.guestAddresses();
    return lab;
  }

  private static RuntimeException unusable(LabOptions options, RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException || cause instanceof java.net.UnknownHostException) {
        return new InputException(
            "cannot listen at %s port %s (%s); choose another with --port"
                .formatted(options.host(), options.port(), cause.getMessage()),
            e);
      }
    }
    return e;
  }

  private static void configure(JavalinConfig config, Services services) {
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
    AccessControl access = services.access;
    SafetyHeaders headers = new SafetyHeaders(files.importMapSources());
    config.routes.before(
        ctx -> {
          headers.addTo(ctx);
          if (access.admit(ctx)) {
            ctx.skipRemainingHandlers();
          }
        });
    for (Route route : Routes.of(services)) {
      config.routes.addEndpoint(new Endpoint(route.method(), route.path(), route.handler()));
    }
    config.routes.ws("/api/live", services.live::configure);
    config.routes.wsBeforeUpgrade(access::admit);
    config.requestLogger.http((ctx, milliseconds) -> measure(services.metrics, ctx, milliseconds));
    config.routes.get("/", files::serve);
    config.routes.get("/<file>", files::serve);
    config.routes.exception(
        Exception.class,
        (error, ctx) -> {
          Failure.Reply reply = Failure.of(error);
          if (reply.isOurs()) {
            services.metrics.failed(error);
          }
          tell(ctx, reply);
        });
  }

  private static void measure(Metrics metrics, Context ctx, double milliseconds) {
    Endpoint last = ctx.endpoints().lastHttpEndpoint();
    String route = last == null || last.path.equals("/<file>") ? "other" : last.path;
    metrics.served(ctx.method().name(), route, ctx.statusCode(), milliseconds / 1000);
  }

  private static void tell(Context ctx, Failure.Reply reply) {
    ctx.status(reply.status());
    if (reply.status() == 503) {
      ctx.header("Retry-After", "1");
    }
    Json.answer(ctx, reply.failure());
  }

  /** The address to open on this machine, with the token where one is needed. */
  public String address() {
    String host = services.options.host();
    return address(isEverywhere() ? LabOptions.LOOPBACK : host, services.options.token());
  }

  /**
   * All addresses at which it can be opened, with the token where one is needed: where it listens
   * everywhere, those of the machine in its network come first.
   */
  public List<String> addresses() {
    List<String> all = new ArrayList<>(inTheNetwork(services.options.token()));
    all.add(address());
    return all.stream().distinct().toList();
  }

  /**
   * The addresses that are given to others: those for guests, or where there are none those of the
   * host; none where only this machine can come.
   */
  public List<String> guestAddresses() {
    LabOptions options = services.options;
    return options.token().isEmpty()
        ? List.of()
        : inTheNetwork(options.guests().or(options::token));
  }

  /**
   * The QR code of the first address that is given to others, as lines of text; nothing where only
   * this machine can come.
   *
   * @param coloured whether the terminal takes colours
   */
  public Optional<String> guestCode(boolean coloured) {
    return guestAddresses().stream()
        .findFirst()
        .map(address -> AddressCode.of(address).text(coloured));
  }

  private List<String> inTheNetwork(Optional<String> token) {
    if (!isEverywhere()) {
      return List.of(address(services.options.host(), token));
    }
    List<String> all = new ArrayList<>();
    Machine.addresses().forEach(host -> all.add(address(host, token)));
    Machine.names().stream().limit(1).forEach(host -> all.add(address(host, token)));
    return all;
  }

  private boolean isEverywhere() {
    String host = services.options.host();
    return host.equals("0.0.0.0") || host.equals("::");
  }

  private String address(String host, Optional<String> token) {
    return "http://%s:%s/%s"
        .formatted(
            host.contains(":") ? "[" + host + "]" : host,
            port(),
            token.map(secret -> "?token=" + secret).orElse(""));
  }

  /** Runs the first page's requests in advance, in a thread of its own. */
  public void warmUp() {
    Thread thread = new Thread(services::warmUp, "lab-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  /** How it was started. */
  LabOptions options() {
    return services.options;
  }

  /** The port it listens at. */
  public int port() {
    return server.port();
  }

  /** Stops: no new users, running work ends or is cancelled. */
  @Override
  public void close() {
    services.close();
    server.stop();
  }
}
