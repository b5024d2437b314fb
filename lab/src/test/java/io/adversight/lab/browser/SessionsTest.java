package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.CoreMatchers.any;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.adversight.lab.Lab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InChromium.class)
class SessionsTest {
  @TempDir Path home;

  @Test
  void aBrokenImageIsRefusedInASentenceAndChangesNothing(Chromium chromium) {
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session().openDigits(lab.address())) {
      String before = session.settled().headline().textContent();
      byte[] broken = "\211PNG\r\n\032\nthis is not an image".getBytes(StandardCharsets.ISO_8859_1);
      session
          .page()
          .locator(".chooser input[type=file]")
          .setInputFiles(new FilePayload("broken.png", "image/png", broken));
      assertThat(session.page().locator(".notice.strong")).isVisible();
      assertThat(session.page().locator(".notice span").textContent())
          .doesNotContain("Exception", "at io.")
          .hasSizeBetween(15, 300);
      assertThat(session.headline()).hasText(before);
    }
  }

  @Test
  void twoUsersDoNotMeet(Chromium chromium) {
    try (Lab lab = Labs.start(home, 0);
        BrowserSession one = chromium.session().openDigits(lab.address());
        BrowserSession other = chromium.session().openDigits(lab.address())) {
      pick(one, 1);
      pick(other, 6);
      assertThat(one.headline()).hasText(Pattern.compile("It saw 1.*"));
      assertThat(other.headline()).hasText(Pattern.compile("It saw 6.*"));
      one.drag(0);
      other.drag(0.9);
      assertThat(one.headline()).hasText("It saw 1, and still does.");
      assertThat(other.headline()).hasText(Pattern.compile("It saw 6\\. Now it sees [^6]\\."));
      assertThat(one.problems()).isEmpty();
      assertThat(other.problems()).isEmpty();
    }
  }

  @Test
  void aStoppedServerIsSaidAndWhatWasSetIsNotLost(Chromium chromium) {
    Lab lab = Labs.start(home, 0);
    int port = lab.port();
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      pick(session, 2);
      assertThat(session.headline()).hasText(Pattern.compile("It saw 2.*"));
      lab.close();
      assertThat(session.page().getByRole(AriaRole.ALERT)).containsText("does not answer");
      session.drag(0);
      assertThat(session.headline())
          .hasText("No result for Fast gradient sign method at 0/255: the lab does not answer.");
      assertThat(session.page().locator(".stage")).hasClass(Pattern.compile(".*stale.*"));
      try (Lab again =
          await().ignoreExceptions().until(() -> Labs.start(home, port), any(Lab.class))) {
        assertThat(session.page().getByRole(AriaRole.ALERT)).hasCount(0);
        assertThat(session.headline()).hasText("It saw 2, and still does.");
        assertThat(again.port()).isEqualTo(port);
      }
    }
  }

  private static void pick(BrowserSession session, int digit) {
    session.page().locator(".thumbnail[title$='" + digit + "']").click();
  }
}
