package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
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
class FirstVisitTest {
  private static Lab lab;

  @BeforeAll
  static void start(Lab shared) {
    lab = shared;
  }

  @Test
  void opensOnAPictureThatIsAlreadyAttackedAndExplained(Chromium chromium) {
    try (Visitor visitor = chromium.visitor().open(lab.address())) {
      assertThat(visitor.headline()).containsText("Now it sees");
      Locator maps = visitor.page().locator(".heat canvas");
      assertThat(maps).hasCount(6);
      assertThat(visitor.page().locator(".hero .chart > svg .line.main")).isVisible();
      visitor.settled();
      assertThat(Visitor.colours(maps.first())).isGreaterThan(10);
      assertThat(visitor.problems()).isEmpty();
    }
  }

  @Test
  void aDrawnDigitIsAttackedExplainedExportedAndFoundAgain(Chromium chromium) throws IOException {
    String link;
    String seen;
    String picture;
    try (Visitor visitor = chromium.visitor().open(lab.address())) {
      drawSeven(visitor);
      assertThat(visitor.headline()).hasText(Pattern.compile("It saw 7.*"));

      visitor.drag(0);
      assertThat(visitor.headline()).hasText("It saw 7, and still does.");
      visitor.drag(0.9);
      assertThat(visitor.headline()).hasText(Pattern.compile("It saw 7\\. Now it sees [^7]\\."));

      Locator maps = visitor.unfold("Heat maps");
      assertThat(maps.locator(".heat canvas")).hasCount(6);
      assertThat(maps.locator(".likeness")).hasCount(2);
      visitor.settled();
      for (Locator map : maps.locator(".heat canvas").all()) {
        assertThat(Visitor.colours(map)).isGreaterThan(5);
      }
      assertThat(exported(visitor))
          .contains("adversarial.png", "adversarial.npy", "perturbation.png", "manifest.json")
          .anyMatch(name -> name.startsWith("maps/") && name.endsWith("-difference.npy"));

      link = visitor.link();
      seen = visitor.settled().headline().textContent();
      picture = Visitor.pixels(visitor.adversarial());
      assertThat(visitor.problems()).isEmpty();
    }
    try (Visitor later = chromium.visitor().open(link)) {
      assertThat(later.headline()).hasText(seen);
      assertThat(Visitor.pixels(later.settled().adversarial())).isEqualTo(picture);
      assertThat(later.problems()).isEmpty();
    }
  }

  private static void drawSeven(Visitor visitor) {
    visitor.button("Draw").click();
    BoundingBox box = visitor.steady(visitor.page().locator(".draw-pad"));
    double[][] stroke = {{0.3, 0.27}, {0.7, 0.27}, {0.45, 0.78}};
    visitor.page().mouse().move(box.x + 0.3 * box.width, box.y + 0.27 * box.height);
    visitor.page().mouse().down();
    for (double[] to : stroke) {
      visitor
          .page()
          .mouse()
          .move(
              box.x + to[0] * box.width,
              box.y + to[1] * box.height,
              new com.microsoft.playwright.Mouse.MoveOptions().setSteps(8));
    }
    visitor.page().mouse().up();
    visitor.button("Attack this drawing").click();
    assertThat(visitor.page().locator("dialog")).hasCount(0);
  }

  private static List<String> exported(Visitor visitor) throws IOException {
    visitor.unfold("Take it away");
    Download download =
        visitor.page().waitForDownload(() -> visitor.button("Everything as ZIP").click());
    try (ZipFile zip = new ZipFile(download.path().toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }
}
