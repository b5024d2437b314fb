package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.adversight.lab.Lab;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of WCAG 2.2 AA that a program can check, on every view and dialog in both themes. */
@ExtendWith(InChromium.class)
class AccessibilityTest {
  private static final String CHECK =
      """
      async () => (await axe.run({
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      })).violations.flatMap(rule => rule.nodes.map(node => rule.id + " at " + node.target.join(" ")
          + ": " + node.failureSummary.replace(/\\s+/g, " ")))
      """;
  private static final List<String> PARTS =
      List.of(
          "Maps against epsilon",
          "Step by step",
          "Decision plane",
          "Other networks",
          "Defence",
          "Take it away");

  private static Lab lab;
  private static String axe = "";

  @BeforeAll
  static void start(Lab shared) throws IOException {
    lab = shared;
    try (InputStream script =
        AccessibilityTest.class.getClassLoader().getResourceAsStream("axe.min.js")) {
      axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1440", "DARK, 1440", "LIGHT, 360", "DARK, 360"})
  void noViewBreaksARule(ColorScheme theme, int width, Chromium chromium) {
    try (Visitor visitor = visitor(chromium, theme, width)) {
      check(visitor.settled(), "attack");
      for (String title : List.of("Layers", "Runs", "Reference")) {
        visitor
            .page()
            .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(title).setExact(true))
            .click();
        assertThat(visitor.page()).hasTitle(Pattern.compile("^" + title + ".*"));
        if (title.equals("Layers")) {
          assertThat(visitor.page().locator(".channel").first()).isVisible();
        }
        if (title.equals("Reference")) {
          visitor.page().locator(".entry summary").first().click();
          assertThat(visitor.page().locator(".entry .table").first()).isVisible();
        }
        check(visitor, title);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT", "DARK"})
  void noPartOfAPanelBreaksARule(ColorScheme theme, Chromium chromium) {
    try (Visitor visitor = visitor(chromium, theme, 1440)) {
      for (String part : PARTS) {
        visitor.unfold(part);
      }
      visitor.button("Parameters").first().click();
      assertThat(visitor.page().locator(".plane-legend li").first()).isVisible();
      assertThat(visitor.page().locator(".player canvas").first()).isVisible();
      check(visitor.settled(), "all parts");
    }
  }

  @Test
  void prototypesBreakNoRule(Chromium chromium) {
    try (Visitor visitor = chromium.visitor()) {
      visitor.open(
          lab.address(),
          """
          {"model":"aviary-protopnet","panels":[{"open":["prototypes"]}]}\
          """);
      assertThat(visitor.page().locator(".looks-like canvas")).hasCount(24);
      check(visitor.settled(), "prototypes");
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT", "DARK"})
  void noDialogBreaksARule(ColorScheme theme, Chromium chromium) {
    try (Visitor visitor = visitor(chromium, theme, 1440)) {
      for (String opener :
          List.of("Draw", "Crop", "Camera", "Change network", "Its card", "Tour")) {
        visitor.button(opener).first().click();
        Locator dialog = visitor.page().getByRole(AriaRole.DIALOG);
        assertThat(dialog).isVisible();
        check(visitor, opener);
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.page().locator("dialog")).hasCount(0);
      }
    }
  }

  private static Visitor visitor(Chromium chromium, ColorScheme theme, int width) {
    return chromium
        .visitor(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(theme)
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE))
        .open(lab.address());
  }

  @SuppressWarnings("unchecked")
  private static void check(Visitor visitor, String where) {
    visitor.page().evaluate(axe + ";0");
    assertThat((List<String>) visitor.page().evaluate(CHECK)).as(where).isEmpty();
    assertThat(visitor.problems()).as(where).isEmpty();
  }
}
