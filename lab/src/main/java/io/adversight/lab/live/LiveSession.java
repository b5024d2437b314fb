package io.adversight.lab.live;

import io.adversight.input.InputException;
import io.adversight.lab.http.Failure;
import io.adversight.lab.http.HttpStatusException;
import io.adversight.lab.http.Json;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One open WebSocket: its panels, and the frames being sent to it. */
final class LiveSession {
  private static final int PANELS_AT_MOST = 16;
  private static final long SEND_SECONDS = 20;

  private final Connection connection;
  private final Live live;
  private final Map<String, Map<String, RequestQueue>> panels = new HashMap<>();
  private boolean closed;

  /** Sends bytes to the browser. */
  interface Connection {
    /** Completes when the bytes are sent. */
    CompletableFuture<Void> send(ByteBuffer bytes);

    /** Sends bytes without waiting. */
    void post(ByteBuffer bytes);

    /** Closes the connection. */
    void close(String reason);
  }

  /** The end of a request without a result. */
  record Note(String type, String of, @Nullable Integer status, @Nullable String error) {}

  LiveSession(Connection connection, Live live) {
    this.connection = connection;
    this.live = live;
  }

  /** Handles one message. */
  void receive(String text) {
    JsonNode message;
    try {
      message = Json.tree(text);
    } catch (RuntimeException e) {
      reply(Json.tree("{}"), "", Failure.of(e));
      return;
    }
    String type = message.path("type").asString("");
    try {
      if (type.equals("cancel")) {
        cancel(message);
      } else {
        LiveRequest request = LiveRequest.of(message);
        queue(request).take(request);
      }
    } catch (RuntimeException e) {
      reply(message, type, Failure.of(e));
    }
  }

  private synchronized RequestQueue queue(LiveRequest request) {
    if (closed) {
      throw HttpStatusException.busy("the session is closed");
    }
    Set<String> open = new HashSet<>(panels.keySet());
    open.add(request.panel());
    if (open.size() > PANELS_AT_MOST) {
      throw new InputException(
          "a session has at most %s panels; close one".formatted(PANELS_AT_MOST));
    }
    Live.Service service = live.service(request.type());
    return panels
        .computeIfAbsent(request.panel(), panel -> new HashMap<>())
        .computeIfAbsent(
            request.type(),
            type ->
                new RequestQueue(
                    service.workers(),
                    live.clock(),
                    service.grace(),
                    queued -> answer(service, queued),
                    (queued, busy) ->
                        send(queued, new Note("busy", queued.type(), 503, busy.getMessage()))));
  }

  private void answer(Live.Service service, LiveRequest request) {
    Consumer<Frame> frames =
        frame -> {
          if (request.cancel().get()) {
            throw new CancellationException("the request is cancelled");
          }
          send(request, frame);
        };
    try (Live.Timing timing = live.timing(request.type())) {
      service.responder().answer(request.message(), frames, request.cancel());
    } catch (CancellationException e) {
      // a newer request replaced it, or the client cancelled it and got a note
    } catch (RuntimeException | OutOfMemoryError e) {
      Failure.Reply reply = Failure.of(e);
      if (reply.isOurs()) {
        live.failed(e);
      }
      send(request, note(request.type(), reply));
    }
  }

  private static Note note(String of, Failure.Reply reply) {
    return reply.status() == 503
        ? new Note("busy", of, 503, reply.failure().error())
        : new Note("error", of, reply.status(), reply.failure().error());
  }

  private synchronized void cancel(JsonNode message) {
    String panel = message.path("panel").asString("");
    String of = message.path("of").asString("");
    Map<String, RequestQueue> queues = panels.getOrDefault(panel, Map.of());
    for (Map.Entry<String, RequestQueue> queue : queues.entrySet()) {
      if (of.isEmpty() || of.equals(queue.getKey())) {
        LiveRequest stopped = queue.getValue().cancel();
        if (stopped != null) {
          send(stopped, new Note("cancelled", stopped.type(), null, null));
        }
      }
    }
    if (of.isEmpty()) {
      panels.remove(panel);
    }
  }

  /** Cancels all requests, as the browser disconnected. */
  synchronized void leave() {
    closed = true;
    panels.values().forEach(queues -> queues.values().forEach(RequestQueue::cancel));
    panels.clear();
  }

  /** Closes the connection. */
  void close(String reason) {
    leave();
    connection.close(reason);
  }

  private void reply(JsonNode message, String of, Failure.Reply reply) {
    ObjectNode header = (ObjectNode) Json.tree((Object) note(of, reply));
    header.set("panel", message.path("panel"));
    header.set("request", message.path("request"));
    header.put("final", true);
    connection.post(Envelope.of(header, List.of()));
  }

  /** Sends a note that ends a request, without waiting, since a queue may be locked. */
  private void send(LiveRequest request, Note note) {
    connection.post(envelope(request, new Frame(note, true, List.of())));
  }

  private static ByteBuffer envelope(LiveRequest request, Frame frame) {
    ObjectNode header = (ObjectNode) Json.tree(frame.fields());
    if (!header.has("type")) {
      header.put("type", request.type());
    }
    header.put("panel", request.panel());
    header.put("request", request.number());
    header.put("final", frame.last());
    if (request.message().has("state")) {
      header.set("state", request.message().path("state")); // what the answer is about
    }
    return Envelope.of(header, frame.blobs());
  }

  /**
   * Sends a frame and waits until it is written, so that a slow browser gets fewer frames, not
   * later ones.
   */
  private void send(LiveRequest request, Frame frame) {
    try {
      connection.send(envelope(request, frame)).get(SEND_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      close("the connection is too slow");
      throw new CancellationException("the browser reads too slowly");
    } catch (ExecutionException e) {
      leave();
      throw new CancellationException("the browser disconnected");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the server is stopping");
    }
  }
}
