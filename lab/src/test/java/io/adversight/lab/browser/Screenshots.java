package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
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
  @TempDir Path home;

  @Test
  void areTakenOfTheMainViews(Chromium chromium) throws IOException {
    Path folder = Files.createDirectories(Path.of("..", "docs", "images"));
    try (Lab lab = Labs.start(home, 0)) {
      attack(chromium, lab, ColorScheme.LIGHT, 1440, 1000, folder.resolve("lab.png"));
      attack(chromium, lab, ColorScheme.DARK, 768, 1024, folder.resolve("lab-dark.png"));
      attack(chromium, lab, ColorScheme.LIGHT, 360, 780, folder.resolve("lab-narrow.png"));
      layers(chromium, lab, folder.resolve("lab-layers.png"));
    }
  }

  private static void attack(
      Chromium chromium, Lab lab, ColorScheme theme, int width, int height, Path file) {
    try (Visitor visitor = open(chromium, lab, theme, width, height)) {
      assertThat(visitor.page().locator(".likeness")).hasCount(2);
      shoot(visitor, file);
    }
  }

  private static void layers(Chromium chromium, Lab lab, Path file) {
    try (Visitor visitor = open(chromium, lab, ColorScheme.DARK, 1440, 900)) {
      visitor
          .page()
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Layers"))
          .click();
      assertThat(visitor.page().locator(".channel").first()).isVisible();
      shoot(visitor, file);
    }
  }

  private static Visitor open(
      Chromium chromium, Lab lab, ColorScheme theme, int width, int height) {
    return chromium
        .visitor(
            new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(theme))
        .open(lab.address());
  }

  private static void shoot(Visitor visitor, Path file) {
    visitor.page().waitForTimeout(1500);
    visitor.page().screenshot(new Page.ScreenshotOptions().setPath(file));
  }
}
