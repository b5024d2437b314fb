package io.adversight.lab.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules of WCAG 2.2 AA that a program can check. */
final class Axe {
  private static final String CHECK =
      """
      async runOnly => (await axe.run({
        runOnly,
        resultTypes: ["violations"], // of what passes one node is described, not each
      })).violations.flatMap(rule => rule.nodes.map(node => rule.id + " at " + node.target.join(" ")
          + ": " + node.failureSummary.replace(/\\s+/g, " ")))
      """;

  private static final List<String> ALL =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  /** The rules whose answer depends on colours. */
  private static final List<String> OF_COLOURS = List.of("color-contrast", "link-in-text-block");

  private Axe() {}

  /** What breaks a rule in a page as it is, one line each. */
  static List<String> violations(Page page) {
    return violations(page, ALL);
  }

  /** What breaks a rule of colours in a page as it is, one line each. */
  static List<String> violationsOfColours(Page page) {
    return violations(page, OF_COLOURS);
  }

  @SuppressWarnings("unchecked")
  private static List<String> violations(Page page, List<String> rules) {
    if (page.evaluate("() => !window.axe").equals(true)) {
      load(page);
    }
    return (List<String>) page.evaluate(CHECK, rules);
  }

  private static void load(Page page) {
    try (InputStream script = Axe.class.getClassLoader().getResourceAsStream("axe.min.js")) {
      page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8) + ";0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
