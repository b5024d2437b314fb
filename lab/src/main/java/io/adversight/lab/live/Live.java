package io.adversight.lab.live;

import io.adversight.input.UnknownNameException;
import io.adversight.lab.work.Workers;
import io.javalin.websocket.WsConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.ObjDoubleConsumer;
import tools.jackson.databind.JsonNode;

/** All open WebSockets, and the services by type of request. */
public final class Live implements AutoCloseable {
  private static final int SESSIONS_AT_MOST = 200;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final long LONGEST_MESSAGE = 256 << 10;

  private final Map<String, Service> services = new LinkedHashMap<>();
  private final ConcurrentMap<String, LiveSession> sessions = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "lab-clock");
            thread.setDaemon(true);
            return thread;
          });
  private final ObjDoubleConsumer<String> times;
  private final Consumer<Throwable> failures;

  /**
   * What handles a type of request.
   *
   * @param workers whose threads are used
   * @param grace how long a request may go on when a newer one has come
   */
  public record Service(Responder responder, Workers workers, Duration grace) {}

  /** Measures how long an answer takes. */
  interface Timing extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * No sessions yet.
   *
   * @param times receives the seconds that each request took, by type
   * @param failures receives errors inside the program
   */
  public Live(ObjDoubleConsumer<String> times, Consumer<Throwable> failures) {
    this.times = times;
    this.failures = failures;
  }

  /** Registers the service of a type of request. */
  public void serve(String type, Service service) {
    services.put(type, service);
  }

  /** The registered types of request. */
  public java.util.Set<String> types() {
    return services.keySet();
  }

  Service service(String type) {
    Service service = services.get(type);
    if (service == null) {
      throw new UnknownNameException(
          "there is no message \"%s\"; there are %s"
              .formatted(
                  type.length() > 40 ? type.substring(0, 40) : type,
                  String.join(", ", services.keySet())));
    }
    return service;
  }

  /** Answers a request and drops the answer, to warm up. */
  public void warmUp(JsonNode request) {
    String type = request.path("type").asString("");
    service(type).responder().answer(request, frame -> {}, new AtomicBoolean());
  }

  ScheduledExecutorService clock() {
    return clock;
  }

  Timing timing(String type) {
    long start = System.nanoTime();
    return () -> times.accept(type, (System.nanoTime() - start) / 1e9);
  }

  void failed(Throwable error) {
    failures.accept(error);
  }

  /** What happens on a WebSocket. */
  public void configure(WsConfig socket) {
    socket.onConnect(
        ctx -> {
          if (sessions.size() >= SESSIONS_AT_MOST) {
            ctx.closeSession(TRY_AGAIN_LATER, "the server is busy");
            return;
          }
          ctx.session.setMaxTextMessageSize(LONGEST_MESSAGE);
          ctx.session.setIdleTimeout(Duration.ofMinutes(2));
          ctx.enableAutomaticPings(20, TimeUnit.SECONDS);
          sessions.put(ctx.sessionId(), new LiveSession(new JettyConnection(ctx.session), this));
        });
    socket.onMessage(
        ctx -> {
          LiveSession session = sessions.get(ctx.sessionId());
          if (session != null) {
            session.receive(ctx.message());
          }
        });
    socket.onClose(ctx -> leave(ctx.sessionId()));
    socket.onError(ctx -> leave(ctx.sessionId()));
  }

  private void leave(String id) {
    LiveSession session = sessions.remove(id);
    if (session != null) {
      session.leave();
    }
  }

  /** The number of open WebSockets. */
  public int sessions() {
    return sessions.size();
  }

  @Override
  public void close() {
    sessions.values().forEach(session -> session.close("the server is stopping"));
    sessions.clear();
    clock.shutdownNow();
  }
}
