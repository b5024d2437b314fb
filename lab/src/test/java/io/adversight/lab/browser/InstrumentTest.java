package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.adversight.lab.Lab;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The panel as an instrument: what stays in view, what has one colour, and what is looked at
 * closely.
 */
@ExtendWith(InChromium.class)
class InstrumentTest {
  private static final int LARGEST_PAGE = 250_000;
  private static final String TRANSFERRED =
      """
      () => [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")]
          .reduce((sum, entry) => sum + entry.transferSize, 0)
      """;
  private static final String COLOUR =
      "element => getComputedStyle(element).getPropertyValue('--class').trim()";
  private static final String OWN_SIZES =
      "all => all.map(canvas => `${canvas.width} x ${canvas.height}`)";

  private static Lab lab;

  @BeforeAll
  static void start(Lab shared) {
    lab = shared;
  }

  @Test
  void theVerdictTheImageAndTheSliderStayInViewAndTheFirstPageIsSmall(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      session.settled();
      assertThat(((Number) session.page().evaluate(TRANSFERRED)).intValue())
          .isLessThan(LARGEST_PAGE);
      session.page().evaluate("() => scrollTo(0, document.body.scrollHeight)");
      assertThat(session.headline()).isInViewport();
      assertThat(session.slider()).isInViewport();
      assertThat(session.page().locator(".strip-image canvas")).isInViewport();
      @SuppressWarnings("unchecked")
      List<String> sizes =
          (List<String>)
              session.page().locator(".exhibit canvas, .strip-image canvas").evaluateAll(OWN_SIZES);
      assertThat(sizes).hasSize(4).containsOnly("96 x 96");
      assertThat(session.problems()).isEmpty();
    }
  }

  @Test
  void aClassHasOneColourInAllThatShowsIt(Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      Page page = session.page();
      String seen = page.locator(".headline b.accent").textContent();
      String colour = colour(page.locator(".headline b.accent"));
      assertThat(colour).startsWith("rgb(");
      assertThat(colour(page.locator(".bars li", named(seen)))).isEqualTo(colour);
      assertThat(page.locator(".bands i[title='" + seen + "']")).hasCount(1);
      assertThat(colour(page.locator(".bands i[title='" + seen + "']"))).isEqualTo(colour);
      assertThat(colour(page.locator(".headline b").first())).isNotEqualTo(colour);
      session.choose("Curves");
      Locator name =
          page.locator(
              ".line-name",
              new Page.LocatorOptions().setHasText(Pattern.compile("^" + seen + "$")));
      assertThat(colour(name.first())).isEqualTo(colour);
      Locator plane = session.choose("Decision plane");
      Locator row = plane.locator("li", new Locator.LocatorOptions().setHasText(seen));
      assertThat(row.first()).isVisible();
      assertThat(colour(row.first().locator(".swatch"))).isEqualTo(colour);
    }
  }

  private static Page.LocatorOptions named(String name) {
    return new Page.LocatorOptions().setHasText(Pattern.compile("^" + name));
  }

  private static String colour(Locator element) {
    return await().until(() -> (String) element.evaluate(COLOUR), text -> !text.isEmpty());
  }

  @Test
  void theTwoImagesAreComparedClosely(Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address()).settled()) {
      Page page = session.page();
      String full = BrowserSession.pixels(page.locator(".exhibit canvas").nth(1));
      page.getByLabel("amplified").selectOption("1");
      await()
          .until(() -> !BrowserSession.pixels(page.locator(".exhibit canvas").nth(1)).equals(full));
      page.locator(".exhibit canvas").first().hover();
      assertThat(page.locator(".loupe canvas")).hasCount(3);
      assertThat(page.locator(".loupe")).containsText(Pattern.compile("\\(1[34], 1[34]\\)"));

      page.getByLabel("Slide").check();
      Locator handle = page.getByLabel("Share of the clean image");
      handle.press("Home");
      assertThat(page.locator(".over-top")).hasAttribute("style", Pattern.compile("0%"));
      handle.press("End");
      assertThat(page.locator(".over-top")).hasAttribute("style", Pattern.compile("100%"));

      page.getByLabel("Blink").check();
      assertThat(page.locator(".over-top")).isVisible();
      assertThat(page.locator(".over-top")).isHidden();
      session.button("Pause").click();
      session.button("Switch").click();
      assertThat(session.problems()).isEmpty();
    }
  }

  @Test
  void anyClassIsFoundAndExplained(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address()).settled()) {
      Page page = session.page();
      session.button("All 12 classes").click();
      Locator sheet = page.getByRole(AriaRole.DIALOG);
      assertThat(sheet.locator(".all-classes li")).hasCount(12);
      sheet.getByLabel("Find a class").fill("spotted slate");
      assertThat(sheet.locator(".all-classes li")).hasCount(1);
      sheet.locator(".all-classes button").click();
      assertThat(page.locator("dialog")).hasCount(0);
      assertThat(page.locator(".heat-title .tiny").first()).containsText("spotted slate");
    }
  }

  @Test
  void aChannelIsTurnedOffAndItsValuesAreSpelledOut(Chromium chromium) {
    try (BrowserSession session = chromium.session().openDigits(lab.address())) {
      Locator part = session.choose("Network");
      assertThat(part.locator(".block")).hasCount(8);
      Locator carrier = part.locator(".block:has-text('convolution') .carrier").first();
      carrier.click();
      Locator sheet = part.locator(".channel-sheet");
      assertThat(sheet.locator(".patches li")).hasCount(8);
      assertThat(sheet.locator(".sum")).containsText("bias");
      sheet.getByRole(AriaRole.SWITCH).click();
      assertThat(part.locator(".switched")).containsText("With 1 channel off");
      assertThat(part.locator(".switched")).containsText("Attacked anew");
      assertThat(Axe.violations(session.settled().page())).isEmpty();
      assertThat(session.problems()).isEmpty();
    }
  }

  /**
   * An inception module, a residual one and a dense block, drawn by the page's own code: for each
   * wire over several columns its ends, whether it rises above both, and whether it crosses a
   * layer.
   */
  private static final String WIRES =
      """
      async () => {
        const { blocksOf } = await import("./network/blocks.js");
        const { wire, placeOf } = await import("./network/NetworkPicture.js");
        const layer = (name, type, ...inputs) => ({ name, type, inputs, shape: [1, 1, 1], weights: 0, spatial: true });
        const conv = (name, ...inputs) => layer(name, "Conv", ...inputs);
        const blocks = blocksOf([
          conv("in"), conv("a", "in"), conv("b1", "in"), conv("b2", "b1"), conv("c1", "in"), conv("c2", "c1"), conv("c3", "c2"),
          layer("concat", "Concat", "a", "b2", "c3"), conv("r1", "concat"), conv("r2", "r1"), layer("sum", "Add", "concat", "r2"),
          conv("d1", "sum"), layer("e1", "Concat", "sum", "d1"), conv("d2", "e1"), layer("e2", "Concat", "sum", "d1", "d2")]);
        const places = blocks.map(({ column, row }) => placeOf(column, row));
        if (new Set(places).size < places.length) throw new Error("two layers lie at one place");
        const taken = new Set(places);
        const svg = document.body.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "svg"));
        const shape = (d) => { const path = svg.appendChild(document.createElementNS(svg.namespaceURI, "path")); path.setAttribute("d", d); return path; };
        const box = ({ column, row }) => ({ x: 20 + 240 * column, y: 40 + 196 * row, width: 172, height: 148 });
        const found = [];
        for (const to of blocks) for (const id of to.inputs) {
          const from = blocks.find((block) => block.id === id);
          const path = shape(wire(from, to, taken));
          const length = path.getTotalLength();
          let crossed = false;
          for (let at = 0; at <= length; at += 2) {
            const { x, y } = path.getPointAtLength(at);
            crossed ||= blocks.map(box).some((b) => x > b.x + 1 && x < b.x + b.width - 1 && y > b.y + 1 && y < b.y + b.height - 1);
          }
          const rises = path.getBBox().y < Math.min(box(from).y, box(to).y);
          found.push(`${from.id}>${to.id}${rises ? " above" : ""}${crossed ? " crosses" : ""}`);
        }
        svg.remove();
        return found;
      }
      """;

  @Test
  void wiresOfBranchedNetworksCrossNoLayer(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      @SuppressWarnings("unchecked")
      List<String> wires = (List<String>) session.page().evaluate(WIRES);
      assertThat(wires)
          .noneMatch(wire -> wire.endsWith("crosses"))
          .contains("a>concat", "b2>concat", "c3>concat")
          .contains("concat>sum above", "sum>e1 above", "sum>e2 above")
          .hasSize(20);
    }
  }

  @Test
  void formulasAreSetAndShowNoBraces(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      Page page = session.page();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Reference").setExact(true))
          .click();
      page.evaluate("() => 0");
      assertThat(page.locator(".entry summary").first()).isVisible();
      page.locator(".entry summary").evaluateAll("all => all.forEach(one => one.click())");
      assertThat(page.locator(".entry .formula math msub").first()).isAttached();
      assertThat(page.locator(".formula").count()).isGreaterThan(60);
      assertThat(page.locator(".formula math").count()).isGreaterThan(50);
      for (String text : page.locator(".formula").allTextContents()) {
        assertThat(text).doesNotContain("{", "}", "_", "^");
      }
    }
  }
}
