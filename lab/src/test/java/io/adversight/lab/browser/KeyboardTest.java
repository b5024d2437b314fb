package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.adversight.lab.Lab;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything without a mouse: only keys are pressed. */
@ExtendWith(InChromium.class)
class KeyboardTest {
  private static final int MOST_TABS = 120;
  private static final int MOST_OPTIONS = 200;
  private static final String FOCUSED =
      """
      () => { const at = document.activeElement;
        return at.getAttribute("aria-label") || (at.labels && at.labels[0] || at).textContent; }
      """;

  private static Lab lab;

  @BeforeAll
  static void start(Lab shared) {
    lab = shared;
  }

  @Test
  void theImageTheGoalAndTheSliderAreReached(Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      Page page = session.page();
      tabTo(page, "To the content");
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");
      await().untilAsserted(() -> assertThat(focused(page)).contains("Change network"));

      tabToImage(page, "4");
      page.keyboard().press("Enter");
      assertThat(session.headline()).hasText(Pattern.compile("It saw 4.*"));

      tabTo(page, "Attack");
      choose(session, "pgd");
      tabTo(page, "Target");
      page.keyboard().type("9");
      page.keyboard().press("Enter");
      tabBackTo(page, "Epsilon");
      page.keyboard().press("Home");
      assertThat(session.headline()).hasText("It saw 4, and still does.");
      page.keyboard().press("End");
      assertThat(session.headline()).hasText("It saw 4. Now it sees 9.");
      page.keyboard().press("ArrowLeft");
      assertThat(session.slider()).hasAttribute("aria-valuetext", "101.5/255");
      assertThat(session.problems()).isEmpty();
    }
  }

  @Test
  void dialogsGiveTheFocusBackAndDrawingNeedsNoMouse(Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      Page page = session.page();
      tabTo(page, "Draw");
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog")).hasCount(0);
      await().untilAsserted(() -> assertThat(focused(page)).contains("Draw"));

      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
      tabTo(page, "Close");
      page.keyboard().press("Enter");
      assertThat(page.locator("dialog")).hasCount(0);
      await().untilAsserted(() -> assertThat(focused(page)).contains("Draw"));

      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
      tabTo(page, "Drawing area");
      for (int up = 0; up < 8; up++) {
        page.keyboard().press("Shift+ArrowUp");
      }
      for (int down = 0; down < 17; down++) {
        page.keyboard().press("ArrowDown");
      }
      tabTo(page, "Attack this drawing");
      page.keyboard().press("Enter");
      assertThat(session.headline()).hasText(Pattern.compile("It saw 1.*"));
    }
  }

  @Test
  void aMapIsReadWithTheArrowKeys(Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      Page page = session.page();
      assertThat(page.locator(".heat canvas")).hasCount(6);
      session.settled();
      tabTo(page, "Grad-CAM of the image");
      page.keyboard().press("ArrowRight");
      assertThat(page.locator(".heat-value")).containsText("(15, 14)");
    }
  }

  @Test
  void theMagnifierFollowsTheArrowKeys(Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address()).settled()) {
      Page page = session.page();
      tabTo(page, "Magnifier");
      page.keyboard().press("ArrowRight");
      page.keyboard().press("Shift+ArrowDown");
      assertThat(page.locator(".loupe canvas")).hasCount(3);
      assertThat(page.locator(".loupe")).containsText("(15, 22)");
      assertThat(page.locator(".loupe-place output"))
          .hasText(Pattern.compile("Pixel 15, 22: [0-9]+ before, [0-9]+ after"));
      assertThat(page.locator(".loupe-place.by-key")).hasCount(1);
      page.keyboard().press("Escape");
      assertThat(page.locator(".loupe")).hasCount(0);
      assertThat(session.problems()).isEmpty();
    }
  }

  /** The images are one stop of the Tab key, and the arrow keys walk them. */
  private static void tabToImage(Page page, String digit) {
    String alt = "() => document.activeElement.querySelector?.('img')?.alt ?? ''";
    for (int tab = 0; tab < MOST_TABS && ((String) page.evaluate(alt)).isEmpty(); tab++) {
      page.keyboard().press("Tab");
    }
    page.keyboard().press("Home");
    for (int step = 0; step < MOST_OPTIONS; step++) {
      if (((String) page.evaluate(alt)).endsWith(digit)) {
        return;
      }
      page.keyboard().press("ArrowRight");
    }
    fail("no key reaches the image of a " + digit);
  }

  @Test
  void tenTabsLeadToTheSlider(Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      int tabs = 0;
      while (!focused(session.page()).startsWith("Epsilon")) {
        session.page().keyboard().press("Tab");
        tabs++;
        assertThat(tabs).isLessThanOrEqualTo(10);
      }
    }
  }

  /** Walks the attacks with the arrow key until the wanted one is chosen. */
  private static void choose(BrowserSession session, String attack) {
    Locator select = session.page().locator(".panel-head select").first();
    session.page().keyboard().press("Home");
    for (int option = 0; option < MOST_OPTIONS && !select.inputValue().equals(attack); option++) {
      session.page().keyboard().press("ArrowDown");
    }
    assertThat(select).hasValue(attack);
  }

  private static void tabTo(Page page, String name) {
    tabTo(page, name, "Tab");
  }

  private static void tabBackTo(Page page, String name) {
    tabTo(page, name, "Shift+Tab");
  }

  private static void tabTo(Page page, String name, String key) {
    for (int tab = 0; tab < MOST_TABS; tab++) {
      page.keyboard().press(key);
      if (focused(page).startsWith(name)) {
        return;
      }
    }
    fail("no Tab reaches " + name);
  }

  private static String focused(Page page) {
    return ((String) page.evaluate(FOCUSED)).strip();
  }
}
