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

/** Pictures of one's own: cut out, zoomed into, and taken with the camera. */
@ExtendWith(InChromium.class)
class PicturesTest {
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

  private static void upload(Visitor visitor) {
    visitor
        .page()
        .locator(".chooser input[type=file]")
        .setInputFiles(new FilePayload("quarters.png", "image/png", quarters()));
    assertThat(visitor.page().locator(".notice")).containsText("quarters.png is the picture now");
    visitor.settled();
  }

  private static void useAColourNetwork(Visitor visitor) {
    visitor.button("Change network").click();
    visitor.page().locator(".model-line:has-text('colour') button[aria-pressed]").first().click();
    assertThat(visitor.page().locator("dialog")).hasCount(0);
    assertThat(visitor.page().locator(".model-now")).containsText("colour");
    visitor.settled();
  }

  @SuppressWarnings("unchecked")
  private static List<Integer> colours(Locator canvas) {
    return (List<Integer>) canvas.evaluate(COLOURS);
  }

  private static Locator clean(Visitor visitor) {
    return visitor.page().locator(".exhibit canvas").first();
  }

  @Test
  void thePartThatIsZoomedToIsWhatTheNetworkGetsAndTheLinkHoldsIt(Chromium chromium) {
    String link;
    String seen;
    try (Visitor visitor = chromium.visitor().open(lab.address())) {
      useAColourNetwork(visitor);
      upload(visitor);
      assertThat(colours(clean(visitor))).allMatch(count -> count > 0);

      visitor.button("Crop").click();
      Locator dialog = visitor.page().locator("dialog");
      Locator area = dialog.locator(".crop-area");
      Locator view = dialog.locator(".crop-view canvas");
      assertThat(area.locator(".crop-box")).isVisible();
      dialog.locator("#crop-zoom").focus();
      visitor.page().keyboard().press("End");
      assertThat(dialog.locator("#crop-zoom")).hasValue("8");
      dragFromMiddle(visitor, area, -0.3, -0.3);
      visitor.settledView(dialog);
      List<Integer> some = colours(view);
      assertThat(some.get(0)).isPositive();
      assertThat(some.subList(1, 4)).containsOnly(0);
      seen = Visitor.pixels(view);

      visitor.button("Use this part").click();
      assertThat(visitor.page().locator("dialog")).hasCount(0);
      visitor.settled();
      assertThat(Visitor.pixels(clean(visitor))).isEqualTo(seen);
      link = visitor.link();
      assertThat(visitor.problems()).isEmpty();
    }
    try (Visitor later = chromium.visitor().open(link)) {
      assertThat(Visitor.pixels(clean(later.settled()))).isEqualTo(seen);
      assertThat(later.problems()).isEmpty();
    }
  }

  @Test
  void arrowsAndPlusMoveAndZoomTheCropToo(Chromium chromium) {
    try (Visitor visitor = chromium.visitor().open(lab.address())) {
      useAColourNetwork(visitor);
      upload(visitor);
      visitor.button("Crop").click();
      Locator dialog = visitor.page().locator("dialog");
      Locator area = dialog.locator(".crop-area");
      assertThat(area.locator(".crop-box")).isVisible();
      area.focus();
      for (int press = 0; press < 30; press++) {
        visitor.page().keyboard().press("+");
      }
      for (int press = 0; press < 80; press++) {
        visitor.page().keyboard().press("ArrowRight");
        visitor.page().keyboard().press("ArrowDown");
      }
      visitor.settledView(dialog);
      List<Integer> some = colours(dialog.locator(".crop-view canvas"));
      assertThat(some.get(3)).isPositive();
      assertThat(some.subList(0, 3)).containsOnly(0);
      visitor.button("The network's own crop").click();
      visitor.settledView(dialog);
      assertThat(colours(dialog.locator(".crop-view canvas"))).allMatch(count -> count > 0);
    }
  }

  private static void dragFromMiddle(Visitor visitor, Locator area, double dx, double dy) {
    BoundingBox box = visitor.steady(area);
    double x = box.x + box.width / 2;
    double y = box.y + box.height / 2;
    visitor.page().mouse().move(x, y);
    visitor.page().mouse().down();
    for (int step = 1; step <= 10; step++) {
      visitor.page().mouse().move(x + dx * box.width * step / 10, y + dy * box.height * step / 10);
    }
    visitor.page().mouse().up();
  }

  @Test
  void theCameraTakesAPicture(Chromium chromium) {
    try (Visitor visitor = chromium.visitor().open(lab.address())) {
      useAColourNetwork(visitor);
      String before = Visitor.pixels(clean(visitor));
      visitor.button("Camera").click();
      visitor.button("Take it").click();
      assertThat(visitor.page().locator(".notice")).containsText("camera.png is the picture now");
      assertThat(visitor.page().locator("dialog")).hasCount(0);
      visitor.settled();
      assertThat(Visitor.pixels(clean(visitor))).isNotEqualTo(before);
      assertThat(Visitor.colours(clean(visitor))).isGreaterThan(3);
      assertThat(visitor.headline()).containsText("It saw");
      assertThat(visitor.problems()).isEmpty();
    }
  }
}
