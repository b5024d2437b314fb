package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.adversight.home.DataHome;
import io.adversight.lab.Lab;
import io.adversight.lab.LabOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A host and a guest, each with a browser of their own. */
@ExtendWith(InChromium.class)
class ClassTest {
  @TempDir Path home;

  @Test
  void aGuestFollowsTheHostAndScores(Chromium chromium) {
    LabOptions options =
        new LabOptions(
                "0.0.0.0", 0, Optional.of("host"), Optional.empty(), new DataHome(home, List.of()))
            .withGuests("guest");
    try (Lab lab = Lab.start(options);
        BrowserSession host = chromium.session().open(lab.address());
        BrowserSession guest =
            chromium.session().open(lab.address().replace("token=host", "token=guest"))) {
      sheet(host).getByLabel("Show what I see to all who follow").check();
      assertThat(sheet(host).locator(".address").first())
          .containsText(Pattern.compile("^http://.*token=guest$"));
      await()
          .until(
              () ->
                  (Boolean)
                      sheet(host)
                          .locator(".guest-code")
                          .evaluate("image => image.complete && image.naturalWidth > 0"));
      assertThat(sheet(guest).locator(".guest-code")).hasCount(0);
      sheet(guest).getByLabel("Follow what the host shows").check();
      guest.page().keyboard().press("Escape");
      host.page().keyboard().press("Escape");
      host.page()
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Runs").setExact(true))
          .click();
      assertThat(guest.page()).hasTitle(Pattern.compile("^Runs.*"));
      assertThat(guest.page().getByText("Guests look at runs")).isVisible();
      Locator sheet = sheet(guest);
      sheet.getByLabel("Your name").fill("<b>Ada</b>");
      guest.button("Try").click();
      assertThat(sheet.locator(".scores li")).containsText("<b>Ada</b> 4/255");
      assertThat(Axe.violations(guest.page())).isEmpty();
      assertThat(guest.problems()).isEmpty();
    }
  }

  private static Locator sheet(BrowserSession session) {
    Locator sheet = session.page().getByRole(AriaRole.DIALOG);
    if (sheet.count() == 0) {
      session.button("Class").click();
      assertThat(sheet).isVisible(); // a second click would find it in its way
    }
    return sheet;
  }
}
