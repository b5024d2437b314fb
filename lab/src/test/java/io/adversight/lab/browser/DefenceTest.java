package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.adversight.lab.Lab;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Defences in front of the network: chosen, attacked, said, kept in the link and removed. */
@ExtendWith(InChromium.class)
class DefenceTest {
  @Test
  void thePanelSaysWhatItIsBehindAndHowGradientsPassIt(Lab lab, Chromium chromium) {
    String link;
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      Page page = session.page();
      Locator part = session.choose("Defence");
      part.getByLabel("In front of the network").selectOption("jpeg");
      assertThat(part.locator(".defence-gradients")).containsText("straight-through (BPDA)");
      part.getByLabel("Then, in front of the network").selectOption("random-noise");
      assertThat(part.locator(".defence-gradients"))
          .containsText("expectation over 16 draws (EOT)");
      assertThat(page.locator(".strip-head")).containsText("behind JPEG compression, Random noise");
      assertThat(part).containsText("Without the defence the network");
      assertThat(Axe.violations(session.settled().page())).isEmpty();
      link = session.link();
      assertThat(session.problems()).isEmpty();
    }
    try (BrowserSession session = chromium.session().open(link)) {
      Locator part = session.choose("Defence");
      part.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove Random noise"))
          .click();
      assertThat(part.locator(".defence")).hasCount(1);
      assertThat(part.locator(".defence-gradients"))
          .hasText("Gradients: straight-through (BPDA) for jpeg.");
      part.getByRole(
              AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove JPEG compression"))
          .click();
      session.button("Compute its bounds").click();
      assertThat(session.page().locator(".strip .bound")).hasCount(3);
      assertThat(session.page().locator(".bounds-said"))
          .containsText(Pattern.compile("certified .*/255.*≤.*found .*/255"));
      assertThat(Axe.violations(session.settled().page())).isEmpty();
      assertThat(session.settled().problems()).isEmpty();
    }
  }

  @Test
  void theRobustAndTheDefendedNetworkStandBesideTheStandardOne(Lab lab, Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      Locator part = session.choose("Robustness");
      Locator twins = part.locator(".twin");
      assertThat(twins).hasCount(3);
      assertThat(twins.locator("canvas")).hasCount(6);
      assertThat(twins.nth(0)).containsText("Fooled: 9");
      assertThat(twins.nth(1)).containsText("Not fooled: 9");
      assertThat(twins.nth(2)).containsText("behind JPEG compression");
      session.slider().press("Home");
      assertThat(twins.nth(0)).containsText("Not fooled: 9");
      part.getByLabel("Defended by").selectOption("median-blur");
      assertThat(twins.nth(2)).containsText("behind Median blur");
      assertThat(Axe.violations(session.settled().page())).isEmpty();
      session.button("Compute the bounds of all").click();
      assertThat(twins.nth(1).locator(".bound")).hasCount(3);
      assertThat(session.settled().problems()).isEmpty();
    }
  }
}
