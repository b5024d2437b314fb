package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.home.DataHome;
import io.adversight.lab.classroom.AddressCode;
import io.adversight.lab.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A lab with a host and guests. */
class ClassroomTest {
  private static final String HOST = "the-host-knows";
  private static final String GUEST = "guests-know";
  private static final String ATTEMPT =
      """
      {"player": "%s", "state": {"model": "digits", "image": "s-digit-9",
       "attack": {"id": "fgsm"}, "epsilon": %s}}
      """;

  @TempDir static Path home;
  private static Lab lab;

  @BeforeAll
  static void start() {
    lab =
        Lab.start(
            new LabOptions(
                    "0.0.0.0",
                    0,
                    Optional.of(HOST),
                    Optional.empty(),
                    new DataHome(home, List.of()))
                .withGuests(GUEST));
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static HttpResponse<String> send(String token, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lab.port() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/models",
    "DELETE, /api/models/digits",
    "POST, /api/models/digits/fetch",
    "POST, /api/model-files?name=x",
    "POST, /api/model-uploads",
    "POST, /api/model-uploads/x/check",
    "POST, /api/studies",
    "POST, /api/studies/x/resume",
    "DELETE, /api/jobs/j1",
    "POST, /api/presentation"
  })
  void guestsChangeNoNetworksAndRuns(String method, String path) throws Exception {
    assertThat(send(GUEST, method, path, "{}").statusCode()).isEqualTo(403);
    assertThat(send(HOST, method, path, "{}").statusCode()).isNotIn(401, 403);
    assertThat(send("another", method, path, "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void guestsLookAtEverything() throws Exception {
    for (String path : List.of("/api/models", "/api/studies", "/api/images", "/api/presentation")) {
      assertThat(send(GUEST, "GET", path, "").statusCode()).as(path).isEqualTo(200);
    }
    JsonNode about = Json.tree(send(GUEST, "GET", "/api/lab", "").body());
    assertThat(about.path("guest").asBoolean()).isTrue();
    assertThat(about.path("guestAddresses").isEmpty()).isTrue();
    assertThat(about.toString()).doesNotContain(HOST);
  }

  @Test
  void theHostKnowsTheAddressesOfGuests() throws Exception {
    JsonNode about = Json.tree(send(HOST, "GET", "/api/lab", "").body());
    assertThat(about.path("guest").asBoolean()).isFalse();
    assertThat(lab.guestAddresses()).allMatch(address -> address.endsWith("?token=" + GUEST));
    assertThat(about.path("guestAddresses").size()).isEqualTo(lab.guestAddresses().size());
  }

  @Test
  void guestsFollowWhatTheHostShows() throws Exception {
    assertThat(send(HOST, "POST", "/api/presentation", "{\"link\": \"#runs/e30\"}").statusCode())
        .isEqualTo(200);
    assertThat(send(GUEST, "GET", "/api/presentation", "").body()).contains("#runs/e30");
  }

  @Test
  void theSmallestChangeThatFoolsWins() throws Exception {
    assertThat(send(GUEST, "POST", "/api/challenge", ATTEMPT.formatted("Eve", 0)).body())
        .contains("\"fooled\":false", "\"scores\":[]");
    send(GUEST, "POST", "/api/challenge", ATTEMPT.formatted("Ada", 0.3));
    send(GUEST, "POST", "/api/challenge", ATTEMPT.formatted("Bob", 0.25));
    HttpResponse<String> worse =
        send(GUEST, "POST", "/api/challenge", ATTEMPT.formatted("Bob", 0.35));
    JsonNode board = Json.tree(worse.body());
    assertThat(board.path("fooled").asBoolean()).isTrue();
    assertThat(board.path("scores").valueStream().map(score -> score.path("player").asString()))
        .containsExactly("Bob", "Ada");
    assertThat(board.path("scores").path(0).path("size").asDouble())
        .isBetween(0.24, 0.253); // 63.75 levels, rounded to 64
  }

  @Test
  void aNameIsNeeded() throws Exception {
    HttpResponse<String> answer =
        send(GUEST, "POST", "/api/challenge", ATTEMPT.formatted(" ", 0.1));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("player must be a name").doesNotContain("ScoreBoard");
  }

  @Test
  void theHostAloneHasTheCodesOfTheAddresses() throws IOException, InterruptedException {
    HttpResponse<String> code = send(HOST, "GET", "/api/guest-codes/0", "");
    assertThat(code.statusCode()).isEqualTo(200);
    assertThat(code.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
    assertThat(code.body())
        .isEqualTo(AddressCode.of(lab.guestAddresses().get(0)).svg())
        .startsWith("<svg ");
    assertThat(send(GUEST, "GET", "/api/guest-codes/0", "").statusCode()).isEqualTo(404);
    for (String number : List.of("99", "-1", "x", "00")) {
      HttpResponse<String> none = send(HOST, "GET", "/api/guest-codes/" + number, "");
      assertThat(none.statusCode()).as(number).isEqualTo(404);
    }
  }
}
