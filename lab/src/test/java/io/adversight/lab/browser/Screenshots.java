package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.adversight.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of the lab in docs/images, from the project's own drawings. Not one of the
 * tests that always run; CONTRIBUTING names the command.
 */
@ExtendWith(InChromium.class)
class Screenshots {
  private static final double SETTLING = 6000;

  @TempDir Path home;

  @Test
  void areTakenOfTheMainViews(Chromium chromium) throws IOException {
    Path folder = Files.createDirectories(Path.of("..", "docs", "images"));
    try (Lab lab = Labs.start(home, 0)) {
      birds(chromium, lab, folder.resolve("lab.png"));
      digits(chromium, lab, ColorScheme.DARK, 768, 720, folder.resolve("lab-dark.png"));
      digits(chromium, lab, ColorScheme.LIGHT, 360, 620, folder.resolve("lab-narrow.png"));
      layers(chromium, lab, folder.resolve("lab-layers.png"));
      prototypes(chromium, lab, folder.resolve("lab-prototypes.png"));
    }
  }

  private static void birds(Chromium chromium, Lab lab, Path file) {
    try (Visitor visitor = visitor(chromium, ColorScheme.LIGHT, 1280, 800)) {
      visitor.open(lab.address());
      shoot(visitor, file);
    }
  }

  private static void digits(
      Chromium chromium, Lab lab, ColorScheme theme, int width, int height, Path file) {
    try (Visitor visitor = visitor(chromium, theme, width, height)) {
      visitor.openDigits(lab.address());
      visitor.drag(0.55);
      visitor.page().evaluate("() => scrollTo(0, 0)");
      shoot(visitor, file);
    }
  }

  private static void layers(Chromium chromium, Lab lab, Path file) {
    try (Visitor visitor = visitor(chromium, ColorScheme.DARK, 1200, 620)) {
      visitor.open(lab.address());
      visitor
          .page()
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Layers"))
          .click();
      assertThat(visitor.page().locator(".channel").first()).isVisible();
      assertThat(visitor.page().locator(".filters canvas").first()).isVisible();
      shoot(visitor, file);
    }
  }

  private static void prototypes(Chromium chromium, Lab lab, Path file) {
    try (Visitor visitor = visitor(chromium, ColorScheme.LIGHT, 1280, 800)) {
      visitor.open(
          lab.address(),
          """
          {"model":"aviary-protopnet","picture":{"id":"s-two-barred-azure-20"},
           "panels":[{"open":["prototypes"],"epsilon":0.032}]}""");
      Locator part = visitor.unfold("Prototypes");
      assertThat(part.locator("canvas")).hasCount(24);
      visitor.page().waitForTimeout(SETTLING);
      part.screenshot(new Locator.ScreenshotOptions().setPath(file));
    }
  }

  private static Visitor visitor(Chromium chromium, ColorScheme theme, int width, int height) {
    return chromium.visitor(
        new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(theme));
  }

  private static void shoot(Visitor visitor, Path file) {
    visitor.page().mouse().move(0, 0);
    visitor.page().waitForTimeout(SETTLING);
    visitor.page().screenshot(new Page.ScreenshotOptions().setPath(file));
  }
}
