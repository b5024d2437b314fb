package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import io.adversight.lab.Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InChromium.class)
class FirstVisitTest {
  @TempDir static Path home;
  private static Lab lab;

  @BeforeAll
  static void start() {
    lab = Labs.start(home, 0);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void opensOnAPictureThatIsAlreadyAttackedAndExplained(Chromium chromium) {
    try (Visitor visitor = chromium.visitor().open(lab.address())) {
      assertThat(visitor.headline()).containsText("Now it sees");
      Locator maps = visitor.page().locator(".heat canvas");
      assertThat(maps).hasCount(6);
      assertThat(visitor.page().locator(".hero .chart > svg .line.main")).isVisible();
      await().until(() -> Visitor.colours(maps.first()) > 10);
      assertThat(visitor.problems()).isEmpty();
    }
  }
}
