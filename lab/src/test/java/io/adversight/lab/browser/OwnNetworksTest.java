package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.lab.Lab;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.ModelCard;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Networks that do not come with the program: a file of one's own, and one that is fetched. */
@ExtendWith(InChromium.class)
class OwnNetworksTest {
  /** What reaches beyond the right edge of the page. */
  private static final String TOO_WIDE =
      """
      () => [...document.querySelectorAll("*")]
          .filter(e => e.getBoundingClientRect().left + e.scrollWidth > innerWidth + 1)
          .map(e => `${e.tagName}.${e.getAttribute("class")} ${e.scrollWidth}`)
      """;

  @TempDir Path home;

  private static byte[] digits() throws IOException {
    try (InputStream in = Lab.class.getResourceAsStream("/io/adversight/models/digits.onnx")) {
      return in.readAllBytes();
    }
  }

  private static Locator sheet(BrowserSession session, String title) {
    return session
        .page()
        .getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(title).setExact(true));
  }

  /** The sheet for a network of one's own, with a file chosen. */
  private static Locator chosen(BrowserSession session, String file, byte[] content) {
    Locator sheet = opened(session);
    choose(sheet, file, content);
    return sheet;
  }

  private static Locator opened(BrowserSession session) {
    session.button("Change network").click();
    session.button("Add your own").click();
    return sheet(session, "Add your own network");
  }

  private static void choose(Locator sheet, String file, byte[] content) {
    sheet
        .locator("input[type=file]")
        .setInputFiles(new FilePayload(file, "application/octet-stream", content));
  }

  private static Locator field(Locator sheet, String name) {
    return sheet.getByLabel(name, new Locator.GetByLabelOptions().setExact(true));
  }

  private static Locator button(Locator place, Pattern name) {
    return place.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  private static Locator tryIt(Locator sheet) {
    return button(sheet, Pattern.compile("^Try it$"));
  }

  private static Locator addIt(Locator sheet) {
    return button(sheet, Pattern.compile("^Add it$"));
  }

  @Test
  void aFileIsTriedCorrectedAndAdded(Chromium chromium) throws IOException {
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session().open(lab.address())) {
      Locator sheet = chosen(session, "My Net.onnx", digits());
      assertThat(field(sheet, "name")).hasValue("my-net");
      assertThat(field(sheet, "channels")).hasValue("GRAY");
      assertThat(field(sheet, "height")).hasValue("28");
      Locator add = addIt(sheet);
      Locator attempt = tryIt(sheet);
      assertThat(add).isDisabled();

      field(sheet, "std").fill("0");
      attempt.click();
      assertThat(sheet).containsText("std");
      assertThat(sheet.getByLabel("Trial")).isVisible();
      assertThat(add).isDisabled();

      field(sheet, "std").fill("1");
      field(sheet, "labels").fill("zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine");
      attempt.click();
      assertThat(sheet.locator(".trial li")).hasCount(4);
      assertThat(add).isEnabled();
      add.click();
      assertThat(session.page().locator("dialog")).hasCount(0);
      assertThat(session.page().locator(".model-now")).containsText("my-net");
      assertThat(session.headline())
          .hasText(Pattern.compile("It saw (zero|one|two|three|four|five|six|seven|eight|nine).*"));
      assertThat(session.problems()).isEmpty();
    }
    assertThat(new ModelStore(new DataHome(home, List.of())).open("my-net").labels().name(3))
        .isEqualTo("three");
  }

  @Test
  void theSideOfItsImagesIsSentWithTheFile(Chromium chromium) throws IOException {
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session().open(lab.address())) {
      Locator sheet = opened(session);
      assertThat(Axe.violations(session.page())).isEmpty();
      field(sheet, "Side of its images").fill("30");
      field(sheet, "Side of its images").press("Enter");
      choose(sheet, "digits.onnx", digits());
      assertThat(field(sheet, "height")).hasValue("30");
      assertThat(session.problems()).isEmpty();
    }
  }

  @Test
  void whatIsNoNetworkIsRefusedInASentence(Chromium chromium) {
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session().open(lab.address())) {
      byte[] nonsense = "this is no network".getBytes(StandardCharsets.UTF_8);
      Locator sheet = chosen(session, "bad.onnx", nonsense);
      assertThat(sheet.locator(".note.strong")).containsText("bad.onnx");
      assertThat(addIt(sheet)).hasCount(0);
    }
  }

  @Test
  void aNameThatIsTakenIsSaidWhereTheButtonIs(Chromium chromium) throws IOException {
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session().open(lab.address())) {
      Locator sheet = chosen(session, "digits.onnx", digits());
      tryIt(sheet).click();
      assertThat(sheet.locator(".trial li")).hasCount(4);
      addIt(sheet).click();
      assertThat(sheet.locator(".note.strong")).containsText("already a model");
      assertThat(sheet.locator(".note.strong")).isInViewport();
    }
  }

  @Test
  void aClassOfALongNameStaysInsideThePage(Chromium chromium) throws IOException {
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session().open(lab.address())) {
      String name = "verylongclassname".repeat(9).substring(0, 146);
      Locator sheet = chosen(session, "long.onnx", digits());
      List<String> labels =
          IntStream.range(0, 10).mapToObj(i -> i + name).collect(Collectors.toList());
      field(sheet, "labels").fill(String.join("\n", labels));
      tryIt(sheet).click();
      assertThat(sheet.locator(".trial li")).hasCount(4);
      addIt(sheet).click();
      assertThat(session.headline()).containsText(name);
      session.settled();
      for (String part : List.of("Curves", "Step by step", "Decision plane", "Export")) {
        session.choose(part);
        if (part.equals("Decision plane")) {
          assertThat(session.page().locator(".plane-legend li").first()).isVisible();
        }
        for (int width : List.of(1440, 360)) {
          session.page().setViewportSize(width, 900);
          assertThat(
                  (Integer) session.page().evaluate("() => document.documentElement.scrollWidth"))
              .as("%s: %s", part, session.page().evaluate(TOO_WIDE))
              .isEqualTo(width);
        }
      }
    }
  }

  /** Sends one half of the file, and the other when it is allowed to. */
  private static void serveInHalves(HttpExchange exchange, byte[] file, CountDownLatch half)
      throws IOException {
    try (exchange;
        OutputStream out = exchange.getResponseBody()) {
      exchange.sendResponseHeaders(200, file.length);
      out.write(file, 0, file.length / 2);
      out.flush();
      half.await();
      out.write(file, file.length / 2, file.length - file.length / 2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aNetworkIsFetchedWithProgressAndThenUsed(Chromium chromium) throws IOException {
    byte[] file = digits();
    CountDownLatch half = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> serveInHalves(exchange, file, half));
    server.start();
    String source = "http://127.0.0.1:%s/far.onnx".formatted(server.getAddress().getPort());
    ModelCard own = new ModelStore(new DataHome(home, List.of())).find("digits").card();
    String card =
        own.withFile("far.onnx", Sha256.of(file), file.length)
            .toJson()
            .replaceFirst("\"name\": \"digits\"", "\"name\": \"far\"")
            .replaceFirst("\"title\": \"[^\"]*\"", "\"title\": \"Far away\"")
            .replaceFirst("\"source\": \"[^\"]*\"", "\"source\": \"" + source + "\"");
    Files.createDirectories(home.resolve("models"));
    Files.writeString(home.resolve("models/far.card.json"), card);
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session().open(lab.address())) {
      session.button("Change network").click();
      Locator sheet = sheet(session, "Choose a network");
      button(sheet, Pattern.compile("Fetch.*Far away")).click();
      Locator progress = sheet.getByLabel("Fetching Far away");
      assertThat(progress).hasAttribute("value", Integer.toString(file.length / 2));
      assertThat(progress).hasAttribute("max", Integer.toString(file.length));
      half.countDown();
      button(sheet, Pattern.compile("Use.*Far away")).click();
      assertThat(session.page().locator(".model-now")).containsText("Far away");
      assertThat(session.headline()).containsText("It saw");
      assertThat(session.problems()).isEmpty();
    } finally {
      half.countDown();
      server.stop(0);
    }
    assertThat(home.resolve("models/far.onnx")).hasBinaryContent(file);
  }
}
