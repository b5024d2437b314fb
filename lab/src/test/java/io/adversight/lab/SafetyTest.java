package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.home.DataHome;
import io.adversight.lab.http.WebFiles;
import io.adversight.lab.store.ImageStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SafetyTest {
  private static LabClient lab;
  private static LabClient guarded;

  @TempDir static Path home;

  @BeforeAll
  static void start() {
    lab = LabClient.start(home);
    guarded = LabClient.start(home, Optional.empty(), Optional.of("a-long-secret"), List.of());
  }

  @AfterAll
  static void stop() {
    lab.close();
    guarded.close();
  }

  /** The status line of a request written by hand. */
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.lab.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
          .readLine();
    }
  }

  @Test
  void otherNamesForThisServerAreRefused() throws IOException {
    assertThat(raw("GET /api/lab HTTP/1.1\nHost: evil.example\nConnection: close\n\n"))
        .contains("403");
    assertThat(raw("GET /api/lab HTTP/1.1\nHost: localhost\nConnection: close\n\n"))
        .contains("200");
  }

  @Test
  void otherPagesAreRefused() {
    HttpResponse<byte[]> response =
        lab.send(
            HttpRequest.newBuilder(lab.uri("/api/drawings"))
                .header("Origin", "http://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(
            lab.send(
                    HttpRequest.newBuilder(lab.uri("/api/models"))
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Sec-Fetch-Mode", "cors"))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void webSocketsOfOtherPagesAreRefused() {
    URI address = URI.create("ws://127.0.0.1:" + lab.lab.port() + "/api/live");
    WebSocket.Builder builder =
        HttpClient.newHttpClient().newWebSocketBuilder().header("Origin", "http://evil.example");
    assertThatThrownBy(() -> builder.buildAsync(address, new WebSocket.Listener() {}).join())
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void withoutTheTokenNothingButHealthIsAnswered() {
    assertThat(guarded.get("/health").statusCode()).isEqualTo(200);
    assertThat(guarded.get("/api/lab").statusCode()).isEqualTo(401);
    assertThat(guarded.get("/?token=wrong").statusCode()).isEqualTo(401);
    assertThatThrownBy(guarded::live).isInstanceOf(CompletionException.class);
    assertThat(
            guarded
                .send(
                    HttpRequest.newBuilder(guarded.uri("/api/lab"))
                        .header("Authorization", "Bearer a-long-secret"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void theTokenBecomesACookieThatScriptsAndOtherPagesCannotUse() {
    HttpResponse<byte[]> response = guarded.get("/?token=a-long-secret");
    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly")
        .containsIgnoringCase("SameSite=Strict");
  }

  @Test
  void aLabThatOthersCanReachNeedsAToken() {
    assertThatThrownBy(
            () ->
                new LabOptions(
                    "0.0.0.0",
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    new DataHome(home, List.of())))
        .hasMessageContaining("token");
  }

  @Test
  void noPathClimbsOutOfTheApplication() throws IOException {
    for (String path :
        List.of(
            "/../pom.xml",
            "/..%2f..%2fetc/passwd",
            "/%2e%2e/etc/passwd",
            "/.git/config",
            "/io/adversight/models/digits.onnx",
            "/index.html%00.png")) {
      assertThat(raw("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n"))
          .as(path)
          .containsAnyOf(" 400", " 404");
    }
    assertThat(WebFiles.isPlain("/a/../b.js")).isFalse();
    assertThat(WebFiles.isPlain("/.hidden.js")).isFalse();
    assertThat(WebFiles.isPlain("/app/main.js")).isTrue();
    assertThat(lab.get("/api/studies/..%2F..%2Fsecret/report").statusCode()).isIn(400, 404);
  }

  @Test
  void longUploadsAreRefusedWithAPlainSentence() {
    HttpResponse<byte[]> response = lab.post("/api/images", new byte[ImageStore.UPLOAD_BYTES + 1]);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("bytes");
  }

  @Test
  void imagesOfTooManyPixelsAreRefusedBeforeTheyAreDecoded() {
    HttpResponse<byte[]> response = lab.post("/api/images?name=bomb.png", bomb());
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("pixels");
  }

  /** The beginning of a PNG of 60,000 x 60,000 pixels. */
  private static byte[] bomb() {
    byte[] header = {
      (byte) 0x89,
      'P',
      'N',
      'G',
      13,
      10,
      26,
      10,
      0,
      0,
      0,
      13,
      'I',
      'H',
      'D',
      'R',
      0,
      0,
      (byte) 0xea,
      0x60,
      0,
      0,
      (byte) 0xea,
      0x60,
      8,
      2,
      0,
      0,
      0,
      0,
      0,
      0,
      0
    };
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(header, 12, 17);
    for (int i = 0; i < 4; i++) {
      header[29 + i] = (byte) (crc.getValue() >> (24 - 8 * i));
    }
    return header;
  }

  @Test
  void aBrokenImageIsExplainedInOneSentence() {
    HttpResponse<byte[]> response =
        lab.post("/api/images?name=cat.png", "not an image".getBytes(StandardCharsets.UTF_8));
    String text = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text).contains("cat.png").doesNotContain("Exception").doesNotContain("\\tat ");
  }

  @Test
  void noMessageSaysWhereFilesLie(@TempDir Path place) throws IOException {
    Path folder = Files.createDirectories(place.resolve("my images"));
    Files.writeString(folder.resolve("broken.png"), "no image");
    Path own = Files.createDirectories(place.resolve("own"));
    Files.createDirectories(own.resolve("models"));
    Files.writeString(own.resolve("models/bad.card.json"), "{");
    Files.writeString(own.resolve("lab"), "a file where a folder must be");
    try (LabClient client =
        LabClient.start(own, Optional.of(folder), Optional.empty(), List.of())) {
      JsonNode images = client.json("/api/images");
      String broken = images.path("folder").get(0).path("id").asString();
      String study =
          "{\"model\":\"digits\",\"source\":{\"kind\":\"samples\"},\"attacks\":[{\"id\":\"fgsm\"}]}";
      List<HttpResponse<byte[]>> answers =
          List.of(
              client.get("/api/models"),
              client.get("/api/images/" + broken),
              client.get("/api/images/" + broken + "/preview"),
              client.post("/api/model-uploads?name=x.onnx", new byte[] {9, 9}),
              client.post("/api/studies", study),
              client.post("/api/studies", study.replace("samples", "folder")));
      for (HttpResponse<byte[]> answer : answers) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(text).doesNotContain(place.toString()).doesNotContain("/tmp/");
      }
      assertThat(new String(answers.get(0).body(), StandardCharsets.UTF_8)).contains("bad.card");
      assertThat(new String(answers.get(2).body(), StandardCharsets.UTF_8)).contains("broken.png");
    }
  }

  @Test
  void everyAnswerHasTheHeadersThatKeepAPageInItsPlace() {
    for (String path : List.of("/", "/health", "/api/none", "/api/models")) {
      HttpResponse<byte[]> response = lab.get(path);
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("Server")).isEmpty();
    }
  }

  @Test
  void unreadableJsonIsAWrongRequest() {
    assertThat(lab.post("/api/command", "{nonsense").statusCode()).isEqualTo(400);
    assertThat(lab.post("/api/command", "[]").statusCode()).isEqualTo(400);
    assertThat(lab.post("/api/drawings", "{\"width\":\"many\"}").statusCode()).isEqualTo(400);
  }
}
