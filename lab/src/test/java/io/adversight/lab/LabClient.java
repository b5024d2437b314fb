package io.adversight.lab;

import io.adversight.home.DataHome;
import io.adversight.lab.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A lab of its own on a free port, and a user of it. */
final class LabClient implements AutoCloseable {
  final Lab lab;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofMinutes(1)).build();

  private LabClient(Lab lab) {
    this.lab = lab;
  }

  static LabClient start(Path home) {
    return start(home, Optional.empty(), Optional.empty(), List.of());
  }

  static LabClient start(LabOptions options) {
    return new LabClient(Lab.start(options));
  }

  static LabClient start(
      Path home, Optional<Path> images, Optional<String> token, List<Path> mirrors) {
    DataHome data = new DataHome(home, mirrors);
    return start(new LabOptions(LabOptions.LOOPBACK, 0, token, images, data));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + lab.port() + path);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request.timeout(Duration.ofMinutes(5)).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<byte[]> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  JsonNode json(String path) {
    return json(get(path), 200);
  }

  static JsonNode json(HttpResponse<byte[]> response, int status) {
    String text = new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    if (response.statusCode() != status) {
      throw new AssertionError(
          "expected status %s, but got %s: %s".formatted(status, response.statusCode(), text));
    }
    return Json.tree(text);
  }

  HttpResponse<byte[]> post(String path, byte[] body) {
    return send(
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> post(String path, String json) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<byte[]> delete(String path) {
    return send(HttpRequest.newBuilder(uri(path)).DELETE());
  }

  /** Opens a WebSocket as the page does. */
  LiveClient live() {
    return new LiveClient(client, uri("/api/live"));
  }

  @Override
  public void close() {
    lab.close();
  }
}
