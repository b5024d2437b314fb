package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ApiTest {
  private static final String STATE =
      """
      {"model":"digits","image":"s-digit-3","attack":{"id":"fgsm"},"epsilon":0.15}\
      """;
  private static LabClient lab;

  @TempDir static Path home;

  @BeforeAll
  static void start() throws IOException {
    Path images = Files.createDirectories(home.resolve("images/seven"));
    ImageFiles.writePng(DrawnDigits.draw(7, 1), images.resolve("one.png"));
    lab =
        LabClient.start(
            home.resolve("home"), Optional.of(home.resolve("images")), Optional.empty(), List.of());
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void everyRouteAnswersAsTheDocumentSays() throws IOException {
    JsonNode document = lab.json("/api/openapi.json");
    Map<String, Exchange> exchanges = exchanges();
    Set<String> documented = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String name = method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
        documented.add(name);
        Exchange exchange = exchanges.get(name);
        if (exchange == null) {
          throw new AssertionError("there is no example of " + name);
        }
        check(document, name, method.getValue(), exchange.good(), false);
        if (exchange.bad().isPresent()) {
          check(document, name, method.getValue(), exchange.bad().get(), true);
        }
      }
    }
    assertThat(documented).containsExactlyInAnyOrderElementsOf(exchanges.keySet());
    Set<String> served = new TreeSet<>();
    Services services = new Services(lab.lab.options());
    Routes.of(services).forEach(route -> served.add(route.method() + " " + route.path()));
    services.close();
    assertThat(documented).isEqualTo(served);
  }

  @Test
  void updatesOverTheWebSocketAreAsTheDocumentSays() {
    JsonNode document = lab.json("/api/openapi.json");
    JsonNode schemas = document.path("components").path("schemas");
    try (LiveClient live = lab.live()) {
      ObjectNode header =
          (ObjectNode)
              live.askLast(
                      """
                      {"type":"update","panel":"p","request":1,"resting":true,
                       "overlay":{"method":{"id":"grad-cam"}},
                       "state":{"model":"digits","image":"s-digit-3","attack":{"id":"fgsm"},
                                "epsilon":0.15,"defenses":[{"id":"bit-depth"}]}}\
                      """)
                  .header();
      List<String> problems = new ArrayList<>();
      conforms(document, schemas.path("PanelState"), header.path("state"), "state", problems);
      header.remove(List.of("type", "panel", "request", "final", "state", "blobs"));
      conforms(document, schemas.path("UpdateFields"), header, "update", problems);
      assertThat(problems).isEmpty();
      assertThat(header.path("defended").isObject()).isTrue();
      assertThat(header.path("overlay").isObject()).isTrue();
    }
  }

  private record Exchange(HttpResponse<byte[]> good, Optional<HttpResponse<byte[]>> bad) {
    Exchange(HttpResponse<byte[]> good, HttpResponse<byte[]> bad) {
      this(good, Optional.of(bad));
    }
  }

  /** Of a lab that others can reach. */
  private static HttpResponse<byte[]> guestCode() throws IOException {
    LabOptions own = lab.lab.options();
    LabOptions reachable =
        new LabOptions("0.0.0.0", 0, Optional.of("secret"), Optional.empty(), own.home());
    try (Lab everywhere = Lab.start(reachable)) {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:%s/api/guest-codes/0".formatted(everywhere.port())))
                  .header("Authorization", "Bearer secret")
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Exchange> exchanges() throws IOException {
    Map<String, Exchange> all = new HashMap<>();
    for (String path :
        List.of(
            "/health",
            "/metrics",
            "/api/lab",
            "/api/catalog",
            "/api/bibliography",
            "/api/openapi.json",
            "/api/models",
            "/api/images",
            "/api/presentation",
            "/api/studies")) {
      all.put("GET " + path, new Exchange(lab.get(path), Optional.empty()));
    }
    all.put(
        "GET /api/guest-codes/{number}", new Exchange(guestCode(), lab.get("/api/guest-codes/7")));
    all.put("GET /api/models/{id}", pair("/api/models/digits", "/api/models/none"));
    all.put(
        "GET /api/models/{id}/filters",
        pair("/api/models/digits/filters", "/api/models/none/filters"));
    all.put(
        "POST /api/models/{id}/fetch",
        new Exchange(
            lab.post("/api/models/digits/fetch", ""), lab.post("/api/models/none/fetch", "")));
    all.put("GET /api/images/{id}", pair("/api/images/s-digit-3", "/api/images/none"));
    all.put(
        "GET /api/images/{id}/thumbnail",
        pair("/api/images/s-digit-3/thumbnail", "/api/images/none/thumbnail"));
    all.put(
        "GET /api/images/{id}/preview",
        pair("/api/images/s-digit-3/preview", "/api/images/none/preview"));
    all.put(
        "POST /api/images",
        new Exchange(
            lab.post("/api/images?name=four.png", ImageFiles.png(DrawnDigits.draw(4, 2))),
            lab.post("/api/images?name=broken.png", new byte[] {1, 2, 3})));
    all.put(
        "POST /api/drawings",
        new Exchange(
            lab.post("/api/drawings", drawing()),
            lab.post(
                "/api/drawings", "{\"width\":2,\"height\":2,\"channels\":1,\"pixels\":\"\"}")));
    byte[] onnx =
        ApiTest.class.getResourceAsStream("/io/adversight/models/digits.onnx").readAllBytes();
    HttpResponse<byte[]> upload = lab.post("/api/model-uploads?name=My%20Net.onnx", onnx);
    JsonNode proposal = LabClient.json(upload, 201);
    String form = proposal.path("proposal").toString();
    String id = proposal.path("upload").asString();
    all.put(
        "POST /api/model-uploads",
        new Exchange(upload, lab.post("/api/model-uploads?name=x.onnx", new byte[] {9, 9})));
    all.put(
        "POST /api/model-uploads/{upload}/check",
        new Exchange(
            lab.post("/api/model-uploads/" + id + "/check", form),
            lab.post("/api/model-uploads/none/check", form)));
    all.put(
        "POST /api/models",
        new Exchange(
            lab.post("/api/models", "{\"upload\":\"" + id + "\",\"form\":" + form + "}"),
            lab.post("/api/models", "{\"upload\":\"none\",\"form\":" + form + "}")));
    all.put(
        "POST /api/model-files",
        new Exchange(
            lab.post("/api/model-files?name=weights.data", new byte[] {1}),
            lab.post("/api/model-files", new byte[] {1})));
    String trial = "{\"image\":\"s-digit-3\",\"form\":" + form + "}";
    all.put(
        "POST /api/model-uploads/{upload}/presets",
        new Exchange(
            lab.post("/api/model-uploads/" + id + "/presets", trial),
            lab.post("/api/model-uploads/none/presets", trial)));
    String other = form.replace("\"my-net\"", "\"my-other-net\"");
    LabClient.json(
        lab.post("/api/models", "{\"upload\":\"" + id + "\",\"form\":" + other + "}"), 201);
    all.put(
        "DELETE /api/models/{id}",
        new Exchange(lab.delete("/api/models/my-other-net"), lab.delete("/api/models/digits")));
    String attempt = "{\"player\":\"Ada\",\"state\":" + STATE + "}";
    for (String path : List.of("/api/challenge", "/api/challenge/scores")) {
      all.put("POST " + path, new Exchange(lab.post(path, attempt), lab.post(path, "{}")));
    }
    all.put(
        "POST /api/presentation",
        new Exchange(
            lab.post("/api/presentation", "{\"link\":\"#attack/e30\"}"),
            lab.post("/api/presentation", "{\"link\":\"https://example.org\"}")));
    String study = study();
    HttpResponse<byte[]> started = lab.post("/api/studies", study);
    JsonNode entry = LabClient.json(started, 202).path("study");
    String job = "/api/jobs/" + entry.path("job").path("id").asString();
    while (Set.of("waiting", "running").contains(lab.json(job).path("state").asString())) {
      LockSupport.parkNanos(10_000_000);
    }
    all.put(
        "POST /api/studies",
        new Exchange(started, lab.post("/api/studies", "{\"model\":\"digits\"}")));
    all.put("GET /api/jobs/{id}", pair(job, "/api/jobs/none"));
    all.put("DELETE /api/jobs/{id}", new Exchange(lab.delete(job), lab.delete("/api/jobs/none")));
    String place = "/api/studies/" + entry.path("id").asString();
    all.put(
        "POST /api/studies/{id}/resume",
        new Exchange(
            lab.post(stopped() + "/resume", ""), lab.post("/api/studies/none/resume", "")));
    all.put("GET /api/studies/{id}", pair(place, "/api/studies/none"));
    all.put("GET /api/studies/{id}/wall", pair(place + "/wall", "/api/studies/x/wall"));
    all.put(
        "GET /api/studies/{id}/tiles/{tile}/{which}",
        pair(place + "/tiles/0/clean", place + "/tiles/0/other"));
    all.put("GET /api/studies/{id}/report", pair(place + "/report", "/api/studies/x/report"));
    all.put(
        "DELETE /api/studies/{id}",
        new Exchange(lab.delete(stopped()), lab.delete("/api/studies/none")));
    all.put("GET /api/studies/{id}/result", pair(place + "/result", "/api/studies/x/result"));
    String asked = "{\"state\":" + STATE + ",\"what\":\"adversarial.npy\"}";
    all.put(
        "POST /api/export",
        new Exchange(
            lab.post("/api/export", asked),
            lab.post("/api/export", asked.replace("adversarial.npy", "../secret"))));
    all.put(
        "POST /api/command",
        new Exchange(lab.post("/api/command", asked), lab.post("/api/command", "{}")));
    return all;
  }

  /** The place of a study that was cancelled. */
  private static String stopped() {
    String slow = study().replace("fgsm", "pgd").replace("\"limit\":3", "\"limit\":300");
    JsonNode entry = LabClient.json(lab.post("/api/studies", slow), 202).path("study");
    lab.delete("/api/jobs/" + entry.path("job").path("id").asString());
    String place = "/api/studies/" + entry.path("id").asString();
    while (lab.json(place).path("state").asString().equals("running")) {
      LockSupport.parkNanos(10_000_000);
    }
    return place;
  }

  private static Exchange pair(String good, String bad) {
    return new Exchange(lab.get(good), lab.get(bad));
  }

  private static String drawing() {
    return "{\"width\":28,\"height\":28,\"channels\":1,\"pixels\":\"%s\"}"
        .formatted(Base64.getEncoder().encodeToString(new byte[28 * 28]));
  }

  private static String study() {
    return """
    {"model":"digits","source":{"kind":"samples","group":"digits","limit":3},
    "attacks":[{"id":"fgsm"}],"epsilons":[0.1,0.2],"methods":[{"id":"grad-cam"}]}\
    """;
  }

  private static void check(
      JsonNode document,
      String name,
      JsonNode operation,
      HttpResponse<byte[]> response,
      boolean error) {
    String status = Integer.toString(response.statusCode());
    String text = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(operation.path("responses").has(status))
        .as("%s answers %s, which is documented: %s", name, status, text)
        .isTrue();
    assertThat(response.statusCode() >= 400).as(name + ": " + text).isEqualTo(error);
    JsonNode content = operation.path("responses").path(status).path("content");
    String type = content.propertyNames().iterator().next();
    String got = response.headers().firstValue("Content-Type").orElse("");
    if (!type.equals("application/octet-stream")) {
      assertThat(got).as(name).startsWith(type);
    }
    JsonNode schema = content.path(type).path("schema");
    if (type.equals("application/json") && !schema.isMissingNode()) {
      List<String> problems = new ArrayList<>();
      conforms(document, schema, io.adversight.lab.http.Json.tree(text), name, problems);
      assertThat(problems).isEmpty();
    }
  }

  /** Whether a value is what its schema says, found without the code that wrote the schema. */
  private static void conforms(
      JsonNode document, JsonNode schema, JsonNode value, String where, List<String> problems) {
    if (schema.has("$ref")) {
      String reference = schema.path("$ref").asString().substring("#/components/schemas/".length());
      JsonNode target = document.path("components").path("schemas").path(reference);
      if (target.isMissingNode()) {
        problems.add(where + ": no schema " + reference);
      }
      conforms(document, target, value, where, problems);
      return;
    }
    if (schema.has("anyOf")) {
      if (!value.isNull()) {
        conforms(document, schema.path("anyOf").get(0), value, where, problems);
      }
      return;
    }
    boolean fits =
        switch (schema.path("type").asString("any")) {
          case "string" -> value.isString();
          case "boolean" -> value.isBoolean();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "array" -> value.isArray();
          case "object" -> value.isObject();
          default -> true;
        };
    if (!fits) {
      problems.add("%s is %s, not a %s".formatted(where, value, schema.path("type")));
      return;
    }
    if (schema.has("enum")
        && schema.path("enum").valueStream().noneMatch(allowed -> allowed.equals(value))) {
      problems.add("%s is %s, not one of %s".formatted(where, value, schema.path("enum")));
    }
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asString())) {
        problems.add(where + " lacks " + required.asString());
      }
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode property =
          schema.path("properties").path(field.getKey()).isMissingNode()
              ? schema.path("additionalProperties")
              : schema.path("properties").path(field.getKey());
      if (schema.has("properties") && property.isMissingNode()) {
        problems.add(where + " has more than it says: " + field.getKey());
      }
      conforms(document, property, field.getValue(), where + "." + field.getKey(), problems);
    }
    if (value.isArray()) {
      value.forEach(v -> conforms(document, schema.path("items"), v, where + "[]", problems));
    }
  }

  @Test
  void aDrawingIsTheImageThatWasDrawn() {
    byte[] pixels = new byte[28 * 28];
    pixels[3 * 28 + 5] = (byte) 200;
    String id =
        LabClient.json(
                lab.post(
                    "/api/drawings",
                    "{\"width\":28,\"height\":28,\"channels\":1,\"pixels\":\"%s\"}"
                        .formatted(Base64.getEncoder().encodeToString(pixels))),
                201)
            .path("id")
            .asString();
    Raster image =
        ImageFiles.read(lab.get("/api/images/" + id + "/preview").body(), "drawing", 1000);
    assertThat(image.at(0, 3, 5)).isEqualTo(200 / 255f);
    assertThat(image.at(0, 5, 3)).isZero();
  }

  @Test
  void imagesOfTheFolderHaveTheirClassAndNoPath() {
    JsonNode folder = lab.json("/api/images").path("folder");
    assertThat(folder).hasSize(1);
    assertThat(folder.get(0).path("labelName").asString()).isEqualTo("seven");
    assertThat(folder.toString()).doesNotContain(home.toString());
    String id = folder.get(0).path("id").asString();
    assertThat(lab.json("/api/images/" + id).path("width").asInt()).isEqualTo(28);
  }

  @Test
  void theZipHoldsEverythingAndTheCommandMakesItAgain() throws IOException {
    HttpResponse<byte[]> response =
        lab.post(
            "/api/export",
            "{\"state\":" + STATE + ",\"methods\":[{\"id\":\"grad-cam\"}],\"what\":\"zip\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    assertThat(files)
        .containsKeys(
            "clean.png",
            "clean.npy",
            "adversarial.png",
            "adversarial.npy",
            "perturbation.png",
            "manifest.json",
            "command.txt",
            "maps/grad-cam-clean.npy",
            "maps/grad-cam-difference.png");
    assertThat(text(files, "command.txt"))
        .isEqualTo(
            "./adversight attack --model digits --attack fgsm --epsilon 0.15 --norm LINF"
                + " --method grad-cam clean.npy\n");
    Raster clean = image(files, "clean.npy");
    Raster changed = image(files, "adversarial.npy");
    JsonNode manifest = io.adversight.lab.http.Json.tree(text(files, "manifest.json"));
    double largest = 0;
    for (int i = 0; i < 28 * 28; i++) {
      largest =
          Math.max(
              largest,
              Math.abs((double) changed.at(0, i / 28, i % 28) - clean.at(0, i / 28, i % 28)));
    }
    assertThat(manifest.path("norms").path("linf").asDouble()).isEqualTo(largest);
  }

  private static Raster image(Map<String, byte[]> files, String name) {
    return ImageFiles.read(files.getOrDefault(name, new byte[0]), name, 1000);
  }

  private static String text(Map<String, byte[]> files, String name) {
    return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
  }

  @Test
  void aStudyHasItsTableAndCharts() {
    JsonNode entry = LabClient.json(lab.post("/api/studies", study()), 202).path("study");
    String place = "/api/studies/" + entry.path("id").asString();
    while (lab.json(place).path("state").asString().equals("running")) {
      LockSupport.parkNanos(10_000_000);
    }
    JsonNode study = lab.json(place);
    assertThat(study.path("state").asString()).isEqualTo("done");
    assertThat(study.path("table").path("rows")).hasSize(6);
    JsonNode series = study.path("charts").get(0).path("series").get(0);
    assertThat(series.path("x").get(1).asDouble()).isEqualTo(0.2);
    int successes = 0;
    for (JsonNode row : study.path("table").path("rows")) {
      successes += row.get(4).asDouble() == 0.2 && row.get(5).asBoolean() ? 1 : 0;
    }
    assertThat(series.path("y").get(1).asDouble()).isEqualTo(successes / 3.0);
    assertThat(lab.json("/api/studies").path("studies").toString())
        .contains(entry.path("id").asString());
    assertThat(new String(lab.get(place + "/report").body(), StandardCharsets.UTF_8))
        .contains("<html");
  }
}
