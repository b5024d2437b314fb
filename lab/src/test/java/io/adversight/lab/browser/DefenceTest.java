package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.adversight.lab.Lab;
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
      assertThat(part.locator(".bound-bar")).hasCount(3);
      assertThat(Axe.violations(session.settled().page())).isEmpty();
      assertThat(session.settled().problems()).isEmpty();
    }
  }
}
