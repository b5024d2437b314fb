package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.adversight.lab.Lab;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the images of the lab in docs/images, from the project's own drawings. Not one of the tests
 * that always run; CONTRIBUTING names the command.
 */
@ExtendWith(InChromium.class)
class Screenshots {
  private static final double SETTLING = 6000;
  private static final double REST = 700;
  private static final int PICTURES = 14;

  @TempDir Path home;

  @Test
  void areTakenOfTheMainViews(Chromium chromium) throws IOException {
    Path folder = Files.createDirectories(Path.of("..", "docs", "images"));
    try (Lab lab = Labs.start(home, 0)) {
      birds(chromium, lab, folder.resolve("lab.png"));
      slider(chromium, lab, folder.resolve("lab-slider.gif"));
      digits(chromium, lab, ColorScheme.DARK, 768, 720, folder.resolve("lab-dark.png"));
      digits(chromium, lab, ColorScheme.LIGHT, 360, 620, folder.resolve("lab-narrow.png"));
      layers(chromium, lab, folder.resolve("lab-layers.png"));
      prototypes(chromium, lab, folder.resolve("lab-prototypes.png"));
    }
  }

  private static void birds(Chromium chromium, Lab lab, Path file) {
    try (BrowserSession session = session(chromium, ColorScheme.LIGHT, 1280, 900)) {
      session.open(lab.address()).settled();
      session.slider().press("ArrowRight");
      session.settled().slider().press("ArrowLeft"); // the attack is quick once it is warm
      shoot(session.settled(), file);
    }
  }

  /** The slider from the image to a class far from it, and the strip and the images meanwhile. */
  private static void slider(Chromium chromium, Lab lab, Path file) throws IOException {
    try (BrowserSession session = session(chromium, ColorScheme.LIGHT, 1120, 760)) {
      session.open(lab.address()).settled();
      Page page = session.page();
      BoundingBox panel = page.locator(".panel").boundingBox();
      BoundingBox numbers = page.locator(".numbers").boundingBox();
      page.evaluate("() => scrollTo(0, document.querySelector('.panel').offsetTop - 60)");
      session.slider().press("Home");
      List<BufferedImage> pictures = new ArrayList<>();
      for (int step = 0; step < PICTURES; step++) {
        session.settled();
        page.waitForTimeout(REST);
        byte[] png =
            page.screenshot(
                new Page.ScreenshotOptions()
                    .setClip(panel.x, 60, panel.width, Math.min(700, numbers.y - panel.y)));
        pictures.add(ImageIO.read(new ByteArrayInputStream(png)));
        for (int press = 0; press < 1 + step / 4; press++) {
          session.slider().press("ArrowRight");
        }
      }
      AnimatedGif.write(file, pictures, 35);
    }
  }

  private static void digits(
      Chromium chromium, Lab lab, ColorScheme theme, int width, int height, Path file) {
    try (BrowserSession session = session(chromium, theme, width, height)) {
      session.openDigits(lab.address());
      session.drag(0.55);
      session.page().evaluate("() => scrollTo(0, 0)");
      shoot(session, file);
    }
  }

  private static void layers(Chromium chromium, Lab lab, Path file) {
    try (BrowserSession session = session(chromium, ColorScheme.DARK, 1200, 860)) {
      session.open(lab.address());
      session
          .page()
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Layers"))
          .click();
      session.page().locator(".block:has-text('48 × 24 × 24') .carrier").first().click();
      session.page().getByRole(AriaRole.SWITCH).click();
      assertThat(session.page().locator(".switched")).containsText("Attacked anew");
      session.page().evaluate("() => scrollTo(0, 0)");
      shoot(session, file);
    }
  }

  private static void prototypes(Chromium chromium, Lab lab, Path file) {
    try (BrowserSession session = session(chromium, ColorScheme.LIGHT, 1280, 800)) {
      session.open(
          lab.address(),
          """
          {"model":"aviary-protopnet","image":{"id":"s-two-barred-azure-20"},
           "panels":[{"part":"prototypes","epsilon":0.032}]}\
          """);
      Locator part = session.choose("Prototypes");
      assertThat(part.locator("canvas")).hasCount(24);
      session.page().waitForTimeout(SETTLING);
      part.screenshot(new Locator.ScreenshotOptions().setPath(file));
    }
  }

  private static BrowserSession session(
      Chromium chromium, ColorScheme theme, int width, int height) {
    return chromium.session(
        new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(theme));
  }

  private static void shoot(BrowserSession session, Path file) {
    session.page().mouse().move(0, 0);
    session.page().waitForTimeout(SETTLING);
    session.page().screenshot(new Page.ScreenshotOptions().setPath(file));
  }
}
