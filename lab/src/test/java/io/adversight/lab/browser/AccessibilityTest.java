package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.adversight.lab.Lab;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of WCAG 2.2 AA that a program can check, on every view and dialog in both themes. */
@ExtendWith(InChromium.class)
class AccessibilityTest {
  private static final List<String> PARTS =
      List.of(
          "Heat maps",
          "Curves",
          "Step by step",
          "Decision plane",
          "Other networks",
          "Defence",
          "Robustness",
          "Export");

  /** What is there once a part has its answer. */
  private static final Map<String, String> SHOWS =
      Map.of(
          "Heat maps", ".heat canvas",
          "Curves", ".chart",
          "Step by step", ".player canvas",
          "Decision plane", ".plane-legend li",
          "Robustness", ".twin canvas",
          "Export", ".command");

  private static Lab lab;

  @BeforeAll
  static void start(Lab shared) {
    lab = shared;
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 360", "DARK, 1440"})
  void noViewBreaksARule(ColorScheme theme, int width, Chromium chromium) {
    try (BrowserSession session = session(chromium, theme, width)) {
      check(session.settled(), "attack");
      for (String title : List.of("Layers", "Runs", "Reference")) {
        session
            .page()
            .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(title).setExact(true))
            .click();
        assertThat(session.page()).hasTitle(Pattern.compile("^" + title + ".*"));
        if (title.equals("Layers")) {
          assertThat(session.page().locator(".channel").first()).isVisible();
        }
        if (title.equals("Reference")) {
          session.page().locator(".entry summary").first().click();
          assertThat(session.page().locator(".entry .table").first()).isVisible();
        }
        check(session, title);
      }
    }
  }

  @Test
  void noPartOfAPanelBreaksARule(Chromium chromium) {
    try (BrowserSession session = session(chromium, ColorScheme.LIGHT, 1440)) {
      session.button("Parameters").first().click();
      for (String part : PARTS) {
        session.choose(part);
        SHOWS.forEach(
            (of, sign) -> {
              if (of.equals(part)) {
                assertThat(session.page().locator(sign).first()).isVisible();
              }
            });
        checkInBothThemes(session.settled(), part);
      }
    }
  }

  @Test
  void prototypesBreakNoRule(Chromium chromium) {
    try (BrowserSession session = chromium.session()) {
      session.open(
          lab.address(),
          """
          {"model":"aviary-protopnet","panels":[{"part":"prototypes"}]}\
          """);
      assertThat(session.page().locator(".looks-like canvas")).hasCount(24);
      check(session.settled(), "prototypes");
    }
  }

  @Test
  void noDialogBreaksARule(Chromium chromium) {
    try (BrowserSession session = session(chromium, ColorScheme.LIGHT, 1440)) {
      for (String opener :
          List.of("Draw", "Crop", "Camera", "Change network", "Its card", "Class", "Lessons")) {
        session.button(opener).first().click();
        Locator dialog = session.page().getByRole(AriaRole.DIALOG);
        assertThat(dialog).isVisible();
        checkInBothThemes(session, opener);
        session.page().keyboard().press("Escape");
        assertThat(session.page().locator("dialog")).hasCount(0);
      }
    }
  }

  private static BrowserSession session(Chromium chromium, ColorScheme theme, int width) {
    return chromium
        .session(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(theme)
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE))
        .open(lab.address());
  }

  /** A theme changes colours alone: in the dark one the rules of colours are left to check. */
  private static void checkInBothThemes(BrowserSession session, String where) {
    check(session, where);
    show(session, "dark");
    assertThat(Axe.violationsOfColours(session.page())).as("%s, dark", where).isEmpty();
    show(session, "light");
  }

  /** Clicked by a script: behind a dialog the button is out of reach. */
  private static void show(BrowserSession session, String theme) {
    session
        .page()
        .locator("[aria-label='Use the %s theme']".formatted(theme))
        .evaluate("button => button.click()");
    assertThat(session.page().locator("html")).hasAttribute("data-theme", theme);
  }

  private static void check(BrowserSession session, String where) {
    assertThat(Axe.violations(session.page())).as(where).isEmpty();
    assertThat(session.problems()).as(where).isEmpty();
  }
}
