package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.lab.Lab;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Images of one's own: cut out, zoomed into, and taken with the camera. */
@ExtendWith(InChromium.class)
class ImagesTest {
  /** Counts red, green, blue and white in a canvas, in that order. */
  private static final String COLOURS =
      """
      canvas => { const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const found = [0, 0, 0, 0];
        for (let i = 0; i < data.length; i += 4) {
          const on = [data[i] > 200, data[i + 1] > 200, data[i + 2] > 200];
          if (on.every(Boolean)) found[3]++; else if (on.includes(true)) found[on.indexOf(true)]++;
        }
        return found; }
      """;

  private static Lab lab;

  @BeforeAll
  static void start(Lab shared) {
    lab = shared;
  }

  /** Red, green, blue and white, a quarter each. */
  private static byte[] quarters() {
    return ImageFiles.png(
        Raster.generate(
            3,
            240,
            240,
            (c, y, x) -> {
              int quarter = (y < 120 ? 0 : 2) + (x < 120 ? 0 : 1);
              return quarter == 3 || quarter == c ? 1 : 0;
            }));
  }

  private static void upload(BrowserSession session) {
    session
        .page()
        .locator(".chooser input[type=file]")
        .setInputFiles(new FilePayload("quarters.png", "image/png", quarters()));
    assertThat(session.page().locator(".notice")).containsText("quarters.png is the image now");
    session.settled();
  }

  private static void useAColourNetwork(BrowserSession session) {
    session.button("Change network").click();
    session.page().locator(".model-line:has-text('colour') button[aria-pressed]").first().click();
    assertThat(session.page().locator("dialog")).hasCount(0);
    assertThat(session.page().locator(".model-now")).containsText("colour");
    session.settled();
  }

  @SuppressWarnings("unchecked")
  private static List<Integer> colours(Locator canvas) {
    return (List<Integer>) canvas.evaluate(COLOURS);
  }

  private static Locator clean(BrowserSession session) {
    return session.page().locator(".exhibit canvas").first();
  }

  @Test
  void thePartThatIsZoomedToIsWhatTheNetworkGetsAndTheLinkHoldsIt(Chromium chromium) {
    String link;
    String seen;
    try (BrowserSession session = chromium.session().open(lab.address())) {
      useAColourNetwork(session);
      upload(session);
      assertThat(colours(clean(session))).allMatch(count -> count > 0);

      session.button("Crop").click();
      Locator dialog = session.page().locator("dialog");
      Locator area = dialog.locator(".crop-area");
      Locator view = dialog.locator(".crop-view canvas");
      assertThat(area.locator(".crop-box")).isVisible();
      dialog.locator("#crop-zoom").focus();
      session.page().keyboard().press("End");
      assertThat(dialog.locator("#crop-zoom")).hasValue("8");
      dragFromMiddle(session, area, -0.3, -0.3);
      session.settledView(dialog);
      List<Integer> some = colours(view);
      assertThat(some.get(0)).isPositive();
      assertThat(some.subList(1, 4)).containsOnly(0);
      seen = BrowserSession.pixels(view);

      session.button("Use this part").click();
      assertThat(session.page().locator("dialog")).hasCount(0);
      session.settled();
      assertThat(BrowserSession.pixels(clean(session))).isEqualTo(seen);
      link = session.link();
      assertThat(session.problems()).isEmpty();
    }
    try (BrowserSession later = chromium.session().open(link)) {
      assertThat(BrowserSession.pixels(clean(later.settled()))).isEqualTo(seen);
      assertThat(later.problems()).isEmpty();
    }
  }

  @Test
  void arrowsAndPlusMoveAndZoomTheCropToo(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      useAColourNetwork(session);
      upload(session);
      session.button("Crop").click();
      Locator dialog = session.page().locator("dialog");
      Locator area = dialog.locator(".crop-area");
      assertThat(area.locator(".crop-box")).isVisible();
      area.focus();
      for (int press = 0; press < 30; press++) {
        session.page().keyboard().press("+");
      }
      for (int press = 0; press < 80; press++) {
        session.page().keyboard().press("ArrowRight");
        session.page().keyboard().press("ArrowDown");
      }
      session.settledView(dialog);
      List<Integer> some = colours(dialog.locator(".crop-view canvas"));
      assertThat(some.get(3)).isPositive();
      assertThat(some.subList(0, 3)).containsOnly(0);
      session.button("The network's own crop").click();
      session.settledView(dialog);
      assertThat(colours(dialog.locator(".crop-view canvas"))).allMatch(count -> count > 0);
    }
  }

  private static void dragFromMiddle(BrowserSession session, Locator area, double dx, double dy) {
    BoundingBox box = session.steady(area);
    double x = box.x + box.width / 2;
    double y = box.y + box.height / 2;
    session.page().mouse().move(x, y);
    session.page().mouse().down();
    for (int step = 1; step <= 10; step++) {
      session.page().mouse().move(x + dx * box.width * step / 10, y + dy * box.height * step / 10);
    }
    session.page().mouse().up();
  }

  @Test
  void theCameraTakesAnImage(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      useAColourNetwork(session);
      String before = BrowserSession.pixels(clean(session));
      session.button("Camera").click();
      session.button("Take it").click();
      assertThat(session.page().locator(".notice")).containsText("camera.png is the image now");
      assertThat(session.page().locator("dialog")).hasCount(0);
      session.settled();
      assertThat(BrowserSession.pixels(clean(session))).isNotEqualTo(before);
      assertThat(BrowserSession.colours(clean(session))).isGreaterThan(3);
      assertThat(session.headline()).containsText("It saw");
      assertThat(session.problems()).isEmpty();
    }
  }
}
