package io.adversight.lab;

import io.adversight.lab.http.Json;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A WebSocket of a lab, as a browser has it. */
final class LiveClient implements AutoCloseable {
  final BlockingQueue<Received> frames = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  /** A frame taken apart. */
  record Received(JsonNode header, ByteBuffer payload) {
    static Received of(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int length = buffer.getInt();
      String header = new String(bytes, 4, length, StandardCharsets.UTF_8);
      buffer.position(4 + length);
      return new Received(Json.tree(header), buffer.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    String type() {
      return header.path("type").asString();
    }

    boolean last() {
      return header.path("final").asBoolean();
    }

    JsonNode blob(String name) {
      for (JsonNode blob : header.path("blobs")) {
        if (blob.path("name").asString().equals(name)) {
          return blob;
        }
      }
      throw new AssertionError("there is no blob " + name + " in " + header);
    }

    float[] floats(String name) {
      FloatBuffer buffer = numbers(name).asFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }

    int[] integers(String name) {
      IntBuffer buffer = numbers(name).asIntBuffer();
      int[] values = new int[buffer.remaining()];
      buffer.get(values);
      return values;
    }

    ByteBuffer numbers(String name) {
      JsonNode blob = blob(name);
      return payload
          .slice(blob.path("offset").asInt(), blob.path("length").asInt())
          .order(ByteOrder.LITTLE_ENDIAN);
    }

    int[] bytes(String name) {
      JsonNode blob = blob(name);
      int[] values = new int[blob.path("length").asInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = payload.get(blob.path("offset").asInt() + i) & 255;
      }
      return values;
    }
  }

  LiveClient(HttpClient client, URI http) {
    URI address = URI.create(http.toString().replaceFirst("http", "ws"));
    this.socket =
        client
            .newWebSocketBuilder()
            .header("Origin", "http://" + http.getAuthority())
            .buildAsync(address, new Listener())
            .join();
  }

  private final class Listener implements WebSocket.Listener {
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      parts.writeBytes(bytes);
      if (last) {
        frames.add(Received.of(parts.toByteArray()));
        parts.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      frames.clear();
    }
  }

  synchronized void send(String message) {
    socket.sendText(message, true).join();
  }

  /** The next frame. */
  Received next() {
    try {
      Received frame = frames.poll(5, TimeUnit.MINUTES);
      if (frame == null) {
        throw new AssertionError("nothing came for 5 minutes");
      }
      return frame;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a message and collects the frames up to the last one of its request. */
  List<Received> ask(String message) {
    long number = Json.tree(message).path("request").asLong();
    send(message);
    List<Received> answer = new ArrayList<>();
    while (true) {
      Received frame = next();
      if (frame.header().path("request").asLong() == number) {
        answer.add(frame);
        if (frame.last()) {
          return answer;
        }
      }
    }
  }

  /** The last frame of an answer. */
  Received askLast(String message) {
    List<Received> all = ask(message);
    return all.get(all.size() - 1);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
