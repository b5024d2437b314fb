package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.adversight.lab.Lab;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A digit dragged along the code of the auto-encoder, and the points on the ROC. */
@ExtendWith(InChromium.class)
class DraggedDigitTest {
  @Test
  void thePointsMoveWithEpsilonAndAlongTheWay(Lab lab, Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      Locator part = session.choose("Type I");
      Locator way = part.getByLabel("Place on the way along the code");
      assertThat(way).hasAttribute("max", "25");
      assertThat(part.locator(".jury li")).hasCount(4);
      assertThat(part.locator(".way")).hasCount(2);
      session.settled();
      way.press("Home");
      Locator typeOne = part.locator(".roc-legend li", named("Type I,"));
      assertThat(typeOne).containsText(Pattern.compile("true, 0.0 % false"));
      String start = BrowserSession.pixels(part.locator(".latent-seen canvas").first());
      way.press("End");
      assertThat(typeOne).not().containsText(Pattern.compile("true, 0.0 % false"));
      assertThat(BrowserSession.pixels(part.locator(".latent-seen canvas").first()))
          .isNotEqualTo(start);
      assertThat(part).containsText("200 of 200");
      Locator typeTwo = part.locator(".roc-legend li", named("Type II"));
      session.slider().press("Home");
      assertThat(typeTwo).containsText("100.0 % true");
      session.slider().press("End");
      assertThat(typeTwo).not().containsText("100.0 % true");
      assertThat(Axe.violations(session.settled().page())).isEmpty();
      assertThat(session.problems()).isEmpty();
    }
  }

  private static Locator.LocatorOptions named(String name) {
    return new Locator.LocatorOptions().setHasText(name);
  }

  @Test
  void otherNetworksHaveNoSuchPart(Lab lab, Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      assertThat(session.page().locator("[role=tab]", tab("Heat maps"))).hasCount(1);
      assertThat(session.page().locator("[role=tab]", tab("Type I"))).hasCount(0);
    }
  }

  private static com.microsoft.playwright.Page.LocatorOptions tab(String title) {
    return new com.microsoft.playwright.Page.LocatorOptions().setHasText(title);
  }
}
