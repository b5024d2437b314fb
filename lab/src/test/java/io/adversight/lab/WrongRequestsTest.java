package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests that no page of the lab sends: each is answered with a sentence and a status of 4xx. */
class WrongRequestsTest {
  private static LabClient lab;

  @TempDir static Path home;

  @BeforeAll
  static void start() {
    lab = LabClient.start(home);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static String error(HttpResponse<byte[]> response, int status) {
    return LabClient.json(response, status).path("error").asString();
  }

  private static JsonNode upload(String name, byte[] onnx) {
    return LabClient.json(lab.post("/api/model-uploads?name=" + name, onnx), 201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/studies", "/api/export", "/api/command", "/api/models", "/api/drawings"})
  void aBodyOfNullIsAWrongRequest(String route) {
    assertThat(error(lab.post(route, "null"), 400)).contains("null").contains("object with");
    assertThat(error(lab.post(route, "{}"), 400)).doesNotContain("Cannot construct");
  }

  @Test
  void aFormOfNullIsAWrongRequest() {
    String id = upload("dense.onnx", Onnx.dense(1, 2)).path("upload").asString();
    assertThat(error(lab.post("/api/model-uploads/" + id + "/check", "null"), 400))
        .contains("null");
    assertThat(error(lab.post("/api/models", "{\"upload\":\"" + id + "\",\"form\":null}"), 400))
        .contains("form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update",
        "maps",
        "curves",
        "frames",
        "plane",
        "transfer",
        "activations",
        "evidence",
        "switch",
        "bounds",
        "twins",
        "roc",
        "walk",
        "arithmetic",
        "patches"
      })
  void aStateOfNullIsAWrongQuestion(String type) {
    String more =
        ",\"methods\":[{\"id\":\"gradient\"}],\"epsilons\":[0.1],\"layer\":\"x\",\"models\":[\"digits\"]"
            + ",\"layers\":[\"x\"],\"target\":1,\"kept\":true,\"twins\":[{\"model\":\"digits\"}],\"off\":[],\"channel\":0,\"row\":0,\"column\":0"
            + (type.equals("arithmetic") ? ",\"on\":\"clean\"" : "");
    try (LiveClient live = lab.live()) {
      for (String state : List.of("\"state\":null", "\"state\":7", "\"other\":1")) {
        JsonNode answer =
            live.askLast(
                    "{\"type\":\"%s\",\"panel\":\"p\",\"request\":1,%s%s}"
                        .formatted(type, state, more))
                .header();
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.path("error").asString()).contains("state").doesNotContain("io.");
      }
      assertThat(live.askLast("null").header().path("status").asInt()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"state\":{\"model\":[]}} | \"state.model\" must be a text",
        "{\"state\":{\"model\":\"digits\",\"image\":\"x\"}} | attack",
        "{\"state\":{\"model\":\"digits\",\"image\":\"x\",\"attack\":{\"id\":\"fgsm\"},\"epsilon\":\"far\"}}"
            + " | \"state.epsilon\" must be a number",
        "{\"state\":{\"model\":\"digits\",\"image\":\"x\",\"attack\":{\"id\":\"fgsm\"}},\"methods\":[null]}"
            + " | null",
        "{\"state\": | this is no JSON",
        "[1] | must be an object",
      })
  void errorsNameFieldsAndNoClasses(String body, String part) {
    assertThat(error(lab.post("/api/command", body), 400))
        .contains(part)
        .doesNotContain("io.adversight", "java.", "tools.", "construct", "deserialize");
  }

  @Test
  void jsonThatIsNestedTooDeeplyIsRefusedWithoutNamesOfClasses() {
    assertThat(error(lab.post("/api/command", "{\"other\":" + "[".repeat(5000)), 400))
        .contains("nested")
        .doesNotContain("Stream");
  }

  /** Chunks of a length that is no number, and a body that ends before it should. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\n\nzz\n{}\n0\n\n",
        "Transfer-Encoding: chunked\n\n5\n{\"a\":1}\n0\n\n",
      })
  void chunksThatAreNoneAreAWrongRequest(String rest) throws IOException {
    for (String route :
        List.of("/api/command", "/api/images?name=a.png", "/api/model-uploads?name=a.onnx")) {
      assertThat(
              raw(
                  "POST %s HTTP/1.1\nHost: localhost\nConnection: close\n%s"
                      .formatted(route, rest)))
          .as(route)
          .contains(" 400 ");
    }
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.lab.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      String status =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
              .readLine();
      return String.valueOf(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "classes, 10000000, classes is 10000000",
    "classes, 2000000000, the network gives 2 numbers",
    "shortSide, 2000000000, shortSide must be in 0 to 4096",
    "height, 2000000000, ''",
    "layout, '\"NCWH\"', 'the layout must be one of nchw, nhwc'",
    "channels, '\"CMYK\"', 'the channels must be one of'",
  })
  void aFormIsComparedWithTheNetworkBeforeAnythingIsMadeOfIt(
      String field, String value, String part) {
    JsonNode proposal = upload("dense.onnx", Onnx.dense(1, 2));
    String form =
        proposal
            .path("proposal")
            .toString()
            .replaceFirst(
                "\"%s\":(\"[A-Z]*\"|[0-9]+)".formatted(field), "\"" + field + "\":" + value);
    String id = proposal.path("upload").asString();
    HttpResponse<byte[]> check = lab.post("/api/model-uploads/" + id + "/check", form);
    JsonNode answer =
        io.adversight.lab.http.Json.tree(new String(check.body(), StandardCharsets.UTF_8));
    assertThat(answer.path("error").asString()).contains(part).isNotEmpty();
    assertThat(answer.path("ok").asBoolean()).isFalse();
    assertThat(
            lab.post("/api/models", "{\"upload\":\"" + id + "\",\"form\":" + form + "}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aNetworkOfOneNumberHasTwoClasses() {
    JsonNode proposal = upload("one.onnx", Onnx.dense(1));
    JsonNode form = proposal.path("proposal");
    assertThat(form.path("classes").asInt()).isEqualTo(2);
    assertThat(form.path("output").asString()).isEqualTo("binary-logit");
    String check = "/api/model-uploads/" + proposal.path("upload").asString() + "/check";
    JsonNode answer = checked(check, form.toString());
    assertThat(answer.path("ok").asBoolean()).isTrue();
    assertThat(answer.path("classes").asInt()).isEqualTo(2);
    String three = form.toString().replace("\"classes\":2", "\"classes\":3");
    assertThat(checked(check, three).path("error").asString())
        .isEqualTo(
            "classes is 3, but the network gives one number, which decides between 2 classes");
  }

  private static JsonNode checked(String path, String form) {
    byte[] answer = lab.post(path, form).body();
    return io.adversight.lab.http.Json.tree(new String(answer, StandardCharsets.UTF_8));
  }

  @Test
  void aNetworkWhoseLastOutputIsNoNumberIsRefused() {
    JsonNode proposal = upload("nan.onnx", Onnx.dense(1, 2, Float.NaN));
    String id = proposal.path("upload").asString();
    String form = proposal.path("proposal").toString();
    JsonNode check = LabClient.json(lab.post("/api/model-uploads/" + id + "/check", form), 200);
    assertThat(check.path("error").asString()).contains("finite");
    assertThat(
            error(
                lab.post("/api/models", "{\"upload\":\"" + id + "\",\"form\":" + form + "}"), 400))
        .contains("finite");
  }

  @Test
  void whatIsNoNetworkLeavesNothingBehind() throws IOException {
    long before = uploadFolders();
    byte[] nonsense = new byte[3 << 20];
    new java.util.Random(1).nextBytes(nonsense);
    assertThat(error(lab.post("/api/model-uploads?name=fake.onnx", nonsense), 400))
        .contains("fake.onnx", "no ONNX file");
    assertThat(uploadFolders()).isEqualTo(before);
  }

  private static long uploadFolders() throws IOException {
    try (Stream<Path> places = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return places.filter(place -> place.toString().contains("adversight-upload")).count();
    }
  }

  @Test
  void mistakesOfUsersAreNoErrorsOfTheServer() {
    try (LiveClient live = lab.live()) {
      live.askLast(LiveTest.update(1, 0.1, "").replace("digits", "none"));
      live.askLast(LiveTest.update(2, -1, ""));
    }
    lab.post("/api/command", "{}");
    String metrics = new String(lab.get("/metrics").body(), StandardCharsets.UTF_8);
    assertThat(metrics)
        .contains("adversight_websocket_request_duration_seconds")
        .doesNotContain("errors_total{");
  }

  /** Egypt writes digits of its own, and Germany a comma. */
  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "de-DE"})
  void noNumberDependsOnTheLocale(String tag) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(tag));
    try {
      assertThat(lab.lab.address()).matches("http://127\\.0\\.0\\.1:[0-9]+/");
      lab.get("/health");
      assertThat(new String(lab.get("/metrics").body(), StandardCharsets.UTF_8).lines())
          .allMatch(
              line -> line.startsWith("#") || line.matches("[a-z_]+(\\{[ -~]*})? [0-9.E+-]+"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
