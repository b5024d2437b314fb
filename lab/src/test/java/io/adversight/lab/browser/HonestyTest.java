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
    try (Visitor visitor = chromium.visitor()) {
      visitor.page().routeWebSocket(Pattern.compile(".*/api/live"), brake::follow);
      visitor.openDigits(lab.address()).settled();
      Locator facts = visitor.page().locator(".headline + p").first();
      assertThat(facts).containsText("no pixel moved by more than 51/255");
      String old = visitor.headline().textContent();
      brake.on = true;
      visitor.slider().press("Home");
      assertThat(visitor.slider()).hasAttribute("aria-valuetext", "0/255");
      assertThat(facts).containsText("computing what is set now");
      assertThat(facts).containsText("no pixel moved by more than 51/255");
      assertThat(visitor.headline()).hasText(old);
      assertThat(visitor.page().locator(".stage")).hasClass(STALE);
      assertThat(visitor.page().locator(".numbers")).hasClass(STALE);
      brake.release();
      assertThat(facts).containsText("no pixel moved by more than 0/255");
      assertThat(visitor.headline()).containsText("and still does");
      assertThat(visitor.page().locator(".stage")).not().hasClass(STALE);
    }
  }

  @Test
  void anAttackThatIsRefusedHasNoResult(Lab lab, Chromium chromium) {
    try (Visitor visitor = chromium.visitor().openDigits(lab.address()).settled()) {
      setPgdSteps(visitor).fill("-1");
      visitor.page().keyboard().press("Tab");
      assertThat(visitor.headline()).containsText("No result for");
      assertThat(visitor.headline()).containsText("steps");
      assertThat(visitor.page().getByRole(AriaRole.ALERT)).hasCount(0);
    }
  }

  @Test
  void whatIsBeingTypedIsKeptWhenAnAnswerArrives(Lab lab, Chromium chromium) {
    Brake brake = new Brake();
    try (Visitor visitor = chromium.visitor()) {
      visitor.page().routeWebSocket(Pattern.compile(".*/api/live"), brake::follow);
      visitor.openDigits(lab.address()).settled();
      brake.on = true;
      Locator steps = setPgdSteps(visitor);
      steps.fill("7");
      brake.release();
      visitor.settled();
      assertThat(steps).hasValue("7");
      visitor.page().keyboard().press("Tab");
      visitor.settled();
      assertThat(steps).hasValue("7");
    }
  }

  /** The field of the steps after PGD was chosen. */
  private static Locator setPgdSteps(Visitor visitor) {
    visitor.button("Parameters").click();
    visitor.page().locator(".panel-head select").first().selectOption("pgd");
    return visitor.page().getByLabel("Steps").first();
  }
}
