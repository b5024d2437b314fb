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

/** All open WebSockets, and who answers which type of question. */
public final class Live implements AutoCloseable {
  private static final int VISITORS_AT_MOST = 200;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final long LONGEST_MESSAGE = 256 << 10;

  private final Map<String, Service> services = new LinkedHashMap<>();
  private final ConcurrentMap<String, Visitor> visitors = new ConcurrentHashMap<>();
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
   * Who answers a type of question.
   *
   * @param workers whose threads are used
   * @param grace how long a question may go on when a newer one has come
   */
  public record Service(Answer answer, Workers workers, Duration grace) {}

  /** Measures how long an answer takes. */
  interface Timing extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * No visitors yet.
   *
   * @param times hears the seconds that each type of question took
   * @param failures hears of errors inside the program
   */
  public Live(ObjDoubleConsumer<String> times, Consumer<Throwable> failures) {
    this.times = times;
    this.failures = failures;
  }

  /** Lets a type of question be answered. */
  public void serve(String type, Service service) {
    services.put(type, service);
  }

  /** The types of question there are. */
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
  public void rehearse(JsonNode question) {
    String type = question.path("type").asString("");
    service(type).answer().answer(question, frame -> {}, new AtomicBoolean());
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
          if (visitors.size() >= VISITORS_AT_MOST) {
            ctx.closeSession(TRY_AGAIN_LATER, "the server is busy");
            return;
          }
          ctx.session.setMaxTextMessageSize(LONGEST_MESSAGE);
          ctx.session.setIdleTimeout(Duration.ofMinutes(2));
          ctx.enableAutomaticPings(20, TimeUnit.SECONDS);
          visitors.put(ctx.sessionId(), new Visitor(new SessionLine(ctx.session), this));
        });
    socket.onMessage(
        ctx -> {
          Visitor visitor = visitors.get(ctx.sessionId());
          if (visitor != null) {
            visitor.hear(ctx.message());
          }
        });
    socket.onClose(ctx -> leave(ctx.sessionId()));
    socket.onError(ctx -> leave(ctx.sessionId()));
  }

  private void leave(String id) {
    Visitor visitor = visitors.remove(id);
    if (visitor != null) {
      visitor.leave();
    }
  }

  /** The number of open WebSockets. */
  public int visitors() {
    return visitors.size();
  }

  @Override
  public void close() {
    visitors.values().forEach(visitor -> visitor.close("the server is stopping"));
    visitors.clear();
    clock.shutdownNow();
  }
}
