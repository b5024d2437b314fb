package io.adversight.lab.live;

import io.adversight.input.InputException;
import io.adversight.lab.http.Failure;
import io.adversight.lab.http.Json;
import io.adversight.lab.http.Refusal;
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

/** One open WebSocket: its panels, and what is on its way to it. */
final class Visitor {
  private static final int PANELS_AT_MOST = 16;
  private static final long SEND_SECONDS = 20;

  private final Line line;
  private final Live live;
  private final Map<String, Map<String, Lane>> panels = new HashMap<>();
  private boolean gone;

  /** Sends bytes to the browser. */
  interface Line {
    /** Completes when the bytes are sent. */
    CompletableFuture<Void> send(ByteBuffer bytes);

    /** Sends bytes for which nobody waits. */
    void post(ByteBuffer bytes);

    /** Hangs up. */
    void close(String reason);
  }

  /** What is said when there is no answer. */
  record Note(String type, String of, @Nullable Integer status, @Nullable String error) {}

  Visitor(Line line, Live live) {
    this.line = line;
    this.live = live;
  }

  /** Takes a message. */
  void hear(String text) {
    JsonNode message;
    try {
      message = Json.tree(text);
    } catch (RuntimeException e) {
      tell(Json.tree("{}"), "", Failure.of(e));
      return;
    }
    String type = message.path("type").asString("");
    try {
      if (type.equals("cancel")) {
        cancel(message);
      } else {
        Question question = Question.of(message);
        lane(question).take(question);
      }
    } catch (RuntimeException e) {
      tell(message, type, Failure.of(e));
    }
  }

  private synchronized Lane lane(Question question) {
    if (gone) {
      throw Refusal.busy("this visitor has left");
    }
    Set<String> open = new HashSet<>(panels.keySet());
    open.add(question.panel());
    if (open.size() > PANELS_AT_MOST) {
      throw new InputException(
          "a visitor has at most %s panels; close one".formatted(PANELS_AT_MOST));
    }
    Live.Service service = live.service(question.type());
    return panels
        .computeIfAbsent(question.panel(), panel -> new HashMap<>())
        .computeIfAbsent(
            question.type(),
            type ->
                new Lane(
                    service.workers(),
                    live.clock(),
                    service.grace(),
                    asked -> answer(service, asked),
                    (asked, busy) ->
                        send(asked, new Note("busy", asked.type(), 503, busy.getMessage()))));
  }

  private void answer(Live.Service service, Question question) {
    Consumer<Frame> frames =
        frame -> {
          if (question.cancel().get()) {
            throw new CancellationException("nobody wants this any more");
          }
          send(question, frame);
        };
    try (Live.Timing timing = live.timing(question.type())) {
      service.answer().answer(question.message(), frames, question.cancel());
    } catch (CancellationException e) {
      // a newer question took its place, or the visitor cancelled it and was told so
    } catch (RuntimeException | OutOfMemoryError e) {
      Failure.Told told = Failure.of(e);
      if (told.isOurs()) {
        live.failed(e);
      }
      send(question, note(question.type(), told));
    }
  }

  private static Note note(String of, Failure.Told told) {
    return told.status() == 503
        ? new Note("busy", of, 503, told.failure().error())
        : new Note("error", of, told.status(), told.failure().error());
  }

  private synchronized void cancel(JsonNode message) {
    String panel = message.path("panel").asString("");
    String of = message.path("of").asString("");
    Map<String, Lane> lanes = panels.getOrDefault(panel, Map.of());
    for (Map.Entry<String, Lane> lane : lanes.entrySet()) {
      if (of.isEmpty() || of.equals(lane.getKey())) {
        Question stopped = lane.getValue().cancel();
        if (stopped != null) {
          send(stopped, new Note("cancelled", stopped.type(), null, null));
        }
      }
    }
    if (of.isEmpty()) {
      panels.remove(panel);
    }
  }

  /** The browser has gone: nothing of what it asked is wanted any more. */
  synchronized void leave() {
    gone = true;
    panels.values().forEach(lanes -> lanes.values().forEach(Lane::cancel));
    panels.clear();
  }

  /** Hangs up. */
  void close(String reason) {
    leave();
    line.close(reason);
  }

  private void tell(JsonNode message, String of, Failure.Told told) {
    ObjectNode header = (ObjectNode) Json.tree((Object) note(of, told));
    header.set("panel", message.path("panel"));
    header.set("request", message.path("request"));
    header.put("final", true);
    line.post(Envelope.of(header, List.of()));
  }

  /** Sends a note that ends a question, without waiting: it may be said while a lane is held. */
  private void send(Question question, Note note) {
    line.post(envelope(question, new Frame(note, true, List.of())));
  }

  private static ByteBuffer envelope(Question question, Frame frame) {
    ObjectNode header = (ObjectNode) Json.tree(frame.fields());
    if (!header.has("type")) {
      header.put("type", question.type());
    }
    header.put("panel", question.panel());
    header.put("request", question.number());
    header.put("final", frame.last());
    if (question.message().has("state")) {
      header.set("state", question.message().path("state")); // what the answer is about
    }
    return Envelope.of(header, frame.blobs());
  }

  /** Sends a frame and waits until it is on its way: a slow browser gets fewer, not later ones. */
  private void send(Question question, Frame frame) {
    try {
      line.send(envelope(question, frame)).get(SEND_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      close("the connection is too slow");
      throw new CancellationException("the browser does not listen");
    } catch (ExecutionException e) {
      leave();
      throw new CancellationException("the browser has gone");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the server is stopping");
    }
  }
}
