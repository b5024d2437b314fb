package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.adversight.image.ImageFiles;
import io.adversight.lab.Lab;
import io.adversight.study.image.SampleImages;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Own images, attacked in one run and looked at one by one. */
@ExtendWith(InChromium.class)
class WallViewTest {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({"LIGHT, 360", "DARK, 1440"})
  void ownImagesBecomeAWall(ColorScheme theme, int width, Chromium chromium) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(theme);
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session(options).openDigits(lab.address())) {
      Page page = session.page();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Runs").setExact(true))
          .click();
      page.getByLabel("Choose images").setInputFiles(new FilePayload[] {digit(3), digit(9)});
      assertThat(page.locator(".bring")).containsText("2 images of yours are ready");
      session.button("One more attack").click();
      page.getByLabel("Attack 2", new Page.GetByLabelOptions().setExact(true))
          .selectOption("uniform-noise");
      page.getByLabel("Epsilons").fill("64/255");
      page.getByLabel("Heat map").selectOption("gradient");
      session.button("Start the run").click();
      Locator tiles = page.locator(".wall-tile");
      assertThat(tiles).hasCount(2);
      assertThat(tiles.first().locator("img").last()).isVisible();
      assertThat(Axe.violations(page)).isEmpty();
      show(page, "Scatter");
      assertThat(page.locator(".scatter circle")).hasCount(2);
      assertThat(Axe.violations(page)).isEmpty();
      show(page, "Confusion");
      assertThat(page.locator(".confusion")).hasCount(2);
      assertThat(Axe.violations(page)).isEmpty();
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(width);
      show(page, "Wall");
      tiles.last().click();
      assertThat(session.headline()).containsText("It saw 9");
      assertThat(session.problems()).isEmpty();
    }
  }

  private static void show(Page page, String name) {
    page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(name).setExact(true))
        .check();
  }

  private static FilePayload digit(int digit) {
    return new FilePayload(
        digit + ".png", "image/png", ImageFiles.png(SampleImages.digits().get(digit).view()));
  }
}
