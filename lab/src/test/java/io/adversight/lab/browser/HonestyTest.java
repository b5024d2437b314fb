package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import io.adversight.lab.Lab;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is shown belongs to what it is labelled with, however late it comes. */
@ExtendWith(InChromium.class)
class HonestyTest {
  private static final Pattern STALE = Pattern.compile(".*\\bstale\\b.*");

  /** A way from the server to the page on which answers can be held back. */
  private static final class Brake {
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean on;

    void follow(WebSocketRoute page) {
      WebSocketRoute server = page.connectToServer();
      server.onMessage(
          frame -> {
            Runnable pass = () -> page.send(frame.binary());
            if (on) {
              held.add(pass);
            } else {
              pass.run();
            }
          });
    }

    void release() {
      on = false;
      while (!held.isEmpty()) {
        held.remove().run();
      }
    }
  }

  @Test
  void aNewSettingIsNotSaidOfAnOldResult(Lab lab, Chromium chromium) {
    Brake brake = new Brake();
    try (BrowserSession session = chromium.session()) {
      session.page().routeWebSocket(Pattern.compile(".*/api/live"), brake::follow);
      session.openDigits(lab.address()).settled();
      Locator facts = session.page().locator(".headline + p").first();
      assertThat(facts).containsText("no pixel moved by more than 51/255");
      String old = session.headline().textContent();
      brake.on = true;
      session.slider().press("Home");
      assertThat(session.slider()).hasAttribute("aria-valuetext", "0/255");
      assertThat(facts).containsText("computing what is set now");
      assertThat(facts).containsText("no pixel moved by more than 51/255");
      assertThat(session.headline()).hasText(old);
      assertThat(session.page().locator(".stage")).hasClass(STALE);
      assertThat(session.page().locator(".numbers")).hasClass(STALE);
      brake.release();
      assertThat(facts).containsText("no pixel moved by more than 0/255");
      assertThat(session.headline()).containsText("and still does");
      assertThat(session.page().locator(".stage")).not().hasClass(STALE);
    }
  }

  @Test
  void anAttackThatIsRefusedHasNoResult(Lab lab, Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address()).settled()) {
      setPgdSteps(session).fill("-1");
      session.page().keyboard().press("Tab");
      assertThat(session.headline()).containsText("No result for");
      assertThat(session.headline()).containsText("steps");
      assertThat(session.page().getByRole(AriaRole.ALERT)).hasCount(0);
    }
  }

  @Test
  void whatIsBeingTypedIsKeptWhenAnAnswerArrives(Lab lab, Chromium chromium) {
    Brake brake = new Brake();
    try (BrowserSession session = chromium.session()) {
      session.page().routeWebSocket(Pattern.compile(".*/api/live"), brake::follow);
      session.openDigits(lab.address()).settled();
      brake.on = true;
      Locator steps = setPgdSteps(session);
      steps.fill("7");
      brake.release();
      session.settled();
      assertThat(steps).hasValue("7");
      session.page().keyboard().press("Tab");
      session.settled();
      assertThat(steps).hasValue("7");
    }
  }

  /** The field of the steps after PGD was chosen. */
  private static Locator setPgdSteps(BrowserSession session) {
    session.button("Parameters").click();
    session.page().locator(".panel-head select").first().selectOption("pgd");
    return session.page().getByLabel("Steps").first();
  }
}
