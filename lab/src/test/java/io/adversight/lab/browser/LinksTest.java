package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.adversight.lab.Lab;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses: links that name what is not there, and the way back. */
@ExtendWith(InChromium.class)
class LinksTest {
  /** Follows one link after the other: a link says all that is shown, whatever was before. */
  private static BrowserSession follower;

  @BeforeAll
  static void start(Chromium chromium) {
    follower = chromium.session();
  }

  @AfterAll
  static void stop() {
    follower.close();
  }

  private static String link(Lab lab, String document) {
    return lab.address()
        + "#attack/"
        + Base64.getUrlEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"panels\":[{\"attack\":null}]} | the attack null",
        "{\"panels\":[{\"attack\":{\"id\":\"nope\"}}]} | the attack “nope”",
        "{\"model\":\"nope\"} | the network “nope”",
        "{\"panels\":[{\"norm\":\"LINF\",\"epsilon\":\"far\"}]} | the distance “LINF”",
        "{\"panels\":[null]} | the panels [null]",
        "{\"panels\":[{\"target\":12}]} | the target class 12",
        "{\"panels\":[{\"part\":\"nope\"}]} | the part “nope”",
        "{\"crop\":{\"x\":1},\"image\":7} | the image 7",
        "{\"heat\":{\"methods\":[{\"id\":\"grad-cam\"},{\"id\":\"nope\"}]}} | the heat map “nope”",
        "{\"panels\":[{\"defenses\":[{\"id\":\"fgsm\"}]}]} | the defence “fgsm”",
        "{\"panels\":[{\"defenses\":{\"id\":\"jpeg\"}}]} | the defences “jpeg”",
        "null | everything after",
        "{\"mod | everything after",
      })
  void whatALinkNamesAndIsNotHereIsSaidAndLeftOut(String document, String part, Lab lab) {
    Page page = follower.page();
    page.navigate("about:blank"); // an address that differs after its # alone loads nothing
    page.navigate(link(lab, document));
    assertThat(page.getByRole(AriaRole.ALERT)).containsText(part);
    assertThat(follower.headline()).hasCount(0);
    follower.button("Open without this").click();
    assertThat(follower.headline()).containsText("It saw");
    assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    assertThat(follower.settled().problems()).isEmpty();
  }

  @Test
  void backAndForwardWalkViewsNetworksAndImages(Lab lab, Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      Page page = session.page();
      Locator model = page.locator(".model-now");
      Locator chosen = page.locator(".thumbnail[aria-pressed=true]");
      String first = chosen.getAttribute("title");
      page.locator(".thumbnail[aria-pressed=false]").first().click();
      assertThat(chosen).not().hasAttribute("title", first);
      String second = chosen.getAttribute("title");
      session.button("Change network").click();
      page.getByRole(
              AriaRole.BUTTON,
              new Page.GetByRoleOptions().setName(Pattern.compile("^Use .*digits.*", 2)))
          .first()
          .click();
      assertThat(model).containsText("28 × 28");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Runs").setExact(true))
          .click();
      assertThat(page).hasTitle(Pattern.compile("^Runs.*"));
      page.goBack();
      assertThat(page).hasTitle(Pattern.compile("^Attack.*"));
      assertThat(model).containsText("28 × 28");
      page.goBack();
      assertThat(model).containsText("96 × 96");
      assertThat(chosen).hasAttribute("title", second);
      page.goBack();
      assertThat(chosen).hasAttribute("title", first);
      page.goForward();
      assertThat(chosen).hasAttribute("title", second);
      page.goForward();
      assertThat(model).containsText("28 × 28");
      assertThat(session.settled().problems()).isEmpty();
    }
  }

  @Test
  void aMovedSliderIsNoStepOfTheWayBack(Lab lab, Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      String address = session.settled().page().url();
      Object before = session.page().evaluate("() => history.length");
      session.slider().press("Home");
      session.page().waitForURL(now -> !now.equals(address));
      assertThat(session.page().evaluate("() => history.length")).isEqualTo(before);
    }
  }
}
