package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Somebody who looks at the lab: what they do, in their words, and what went wrong in the page. */
final class BrowserSession implements AutoCloseable {
  private static final String TWO_PAINTS =
      "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
  private static final String SHARE = "range => range.value / range.max + 0.0000001";

  private final BrowserContext context;
  private final Page page;
  private final List<String> problems = new ArrayList<>();

  BrowserSession(Browser browser, Browser.NewContextOptions options) {
    context =
        browser.newContext(options.setPermissions(List.of("clipboard-read", "clipboard-write")));
    context.setDefaultTimeout((double) Chromium.IDLE_TIME.toMillis());
    page = context.newPage();
    page.onPageError(problems::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            problems.add(message.text());
          }
        });
  }

  Page page() {
    return page;
  }

  /**
   * Errors that scripts threw and the browser reported, such as breaches of the security policy.
   */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Opens an address and waits for the network's card and the first attack. */
  BrowserSession open(String address) {
    page.navigate(address);
    assertThat(headline()).containsText("It saw");
    assertThat(button("Its card")).isEnabled();
    return this;
  }

  /** Opens a lab with the network of digits and the drawing of a nine, attacked. */
  BrowserSession openDigits(String address) {
    return open(
        address,
        """
        {"model":"digits","image":{"id":"s-digit-9"},"panels":[{"epsilon":0.2}]}\
        """);
  }

  /** Opens a lab with what a link holds, as JSON; what it does not say is as at the start. */
  BrowserSession open(String address, String document) {
    String link = Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
    return open(address + "#attack/" + link.replace('+', '-').replace('/', '_'));
  }

  /** Waits until all that the page shows belongs to what is set. */
  BrowserSession settled() {
    assertThat(page.locator("main [aria-busy=true]")).hasCount(0);
    assertThat(page.locator("main .stale")).hasCount(0);
    return this;
  }

  /** Waits until what a dialog shows of the network's view is that of what is set in it. */
  void settledView(Locator dialog) {
    assertThat(dialog.locator("[aria-busy=true]")).hasCount(0);
  }

  /** The sentence that says what the network saw, and sees now. */
  Locator headline() {
    return page.locator(".headline").first();
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator slider() {
    return page.getByLabel("Epsilon", new Page.GetByLabelOptions().setExact(true)).first();
  }

  /** Drags the slider's thumb to a share of its way, in small moves as a hand does. */
  void drag(double share) {
    await()
        .until(
            () -> {
              dragOnce(share);
              return Math.abs((Double) slider().evaluate(SHARE) - share) < 0.05;
            });
  }

  private void dragOnce(double share) {
    slider().scrollIntoViewIfNeeded();
    BoundingBox box = steady(slider());
    double now = (Double) slider().evaluate(SHARE);
    double y = box.y + box.height / 2;
    page.mouse().move(along(box, now), y);
    page.mouse().down();
    for (int step = 1; step <= 12; step++) {
      page.mouse().move(along(box, now + (share - now) * step / 12), y);
    }
    page.mouse().up();
  }

  private static double along(BoundingBox box, double share) {
    double thumb = 24;
    return box.x + thumb / 2 + share * (box.width - thumb);
  }

  /** Where something is, once it stays there. */
  BoundingBox steady(Locator something) {
    BoundingBox before = something.boundingBox();
    while (true) {
      page.evaluate(TWO_PAINTS);
      BoundingBox now = something.boundingBox();
      if (now.x == before.x && now.y == before.y && now.width == before.width) {
        return now;
      }
      before = now;
    }
  }

  /** Chooses a part of the panel by its title. */
  Locator choose(String title) {
    page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(title).setExact(true))
        .first()
        .click();
    Locator part =
        page.getByRole(
            AriaRole.TABPANEL, new Page.GetByRoleOptions().setName(title).setExact(true));
    assertThat(part).isVisible();
    return part;
  }

  /** The link that holds everything, as the button copies it. */
  String link() {
    button("Copy link").click();
    assertThat(page.locator(".notice")).containsText("The link is copied");
    return (String) page.evaluate("() => navigator.clipboard.readText()");
  }

  /** The pixels of a canvas, as text that can be compared. */
  static String pixels(Locator canvas) {
    return (String) canvas.evaluate("canvas => canvas.toDataURL()");
  }

  /** How many different colours a canvas shows. */
  static int colours(Locator canvas) {
    return (Integer)
        canvas.evaluate(
            """
            canvas => new Set(new Uint32Array(canvas.getContext("2d")
                .getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size
            """);
  }

  Locator adversarial() {
    return page.locator(".exhibit canvas").nth(2);
  }

  @Override
  public void close() {
    context.close();
  }
}
