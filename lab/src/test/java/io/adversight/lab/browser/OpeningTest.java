package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import io.adversight.lab.Lab;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InChromium.class)
class OpeningTest {
  private static Lab lab;

  @BeforeAll
  static void start(Lab shared) {
    lab = shared;
  }

  @Test
  void opensOnAnImageThatIsAlreadyAttackedAndExplained(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      assertThat(session.headline()).containsText("Now it sees");
      Locator maps = session.page().locator(".heat canvas");
      assertThat(maps).hasCount(6);
      assertThat(session.page().locator(".bands i").first()).isVisible();
      session.settled();
      assertThat(BrowserSession.colours(maps.first())).isGreaterThan(10);
      assertThat(session.problems()).isEmpty();
    }
  }

  @Test
  void everyNormHasItsUsualEpsilonAndItsRange(Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      Page page = session.page();
      for (List<String> row :
          List.of(
              List.of("l2", "0.5", "3"),
              List.of("l1", "12", "72"),
              List.of("l0", "72", "196"),
              List.of("linf", "8", "0.4"))) { // 8 of 255
        page.getByLabel("Norm").selectOption(row.get(0));
        assertThat(page.locator(".epsilon input[type=number]")).hasValue(row.get(1));
        assertThat(page.locator("input[type=range]").first()).hasAttribute("max", row.get(2));
      }
    }
  }

  @Test
  void aDrawnDigitIsAttackedExplainedExportedAndFoundAgain(Chromium chromium) throws IOException {
    String link;
    String seen;
    String image;
    try (BrowserSession session = chromium.session().open(lab.address())) {
      drawSeven(session);
      assertThat(session.headline()).hasText(Pattern.compile("It saw 7.*"));

      session.drag(0);
      assertThat(session.headline()).hasText("It saw 7, and still does.");
      session.drag(0.9);
      assertThat(session.headline()).hasText(Pattern.compile("It saw 7\\. Now it sees [^7]\\."));

      Locator maps = session.choose("Heat maps");
      assertThat(maps.locator(".heat canvas")).hasCount(6);
      assertThat(maps.locator(".likeness")).hasCount(2);
      session.settled();
      for (Locator map : maps.locator(".heat canvas").all()) {
        assertThat(BrowserSession.colours(map)).isGreaterThan(5);
      }
      assertThat(exported(session))
          .contains("adversarial.png", "adversarial.npy", "perturbation.png", "manifest.json")
          .anyMatch(name -> name.startsWith("maps/") && name.endsWith("-difference.npy"));

      link = session.link();
      seen = session.settled().headline().textContent();
      image = BrowserSession.pixels(session.adversarial());
      assertThat(session.problems()).isEmpty();
    }
    try (BrowserSession later = chromium.session().open(link)) {
      assertThat(later.headline()).hasText(seen);
      assertThat(BrowserSession.pixels(later.settled().adversarial())).isEqualTo(image);
      assertThat(later.problems()).isEmpty();
    }
  }

  private static void drawSeven(BrowserSession session) {
    session.button("Draw").click();
    BoundingBox box = session.steady(session.page().locator(".draw-pad"));
    double[][] stroke = {{0.3, 0.27}, {0.7, 0.27}, {0.45, 0.78}};
    session.page().mouse().move(box.x + 0.3 * box.width, box.y + 0.27 * box.height);
    session.page().mouse().down();
    for (double[] to : stroke) {
      session
          .page()
          .mouse()
          .move(
              box.x + to[0] * box.width,
              box.y + to[1] * box.height,
              new com.microsoft.playwright.Mouse.MoveOptions().setSteps(8));
    }
    session.page().mouse().up();
    session.button("Attack this drawing").click();
    assertThat(session.page().locator("dialog")).hasCount(0);
  }

  private static List<String> exported(BrowserSession session) throws IOException {
    session.choose("Export");
    Download download =
        session.page().waitForDownload(() -> session.button("Everything as ZIP").click());
    try (ZipFile zip = new ZipFile(download.path().toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }
}
