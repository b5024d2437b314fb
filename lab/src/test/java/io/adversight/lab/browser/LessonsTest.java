package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.adversight.lab.Lab;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Guided lessons: their checks see what is done with the controls of the page. */
@ExtendWith(InChromium.class)
class LessonsTest {
  private static Lab lab;

  @BeforeAll
  static void start(Lab shared) {
    lab = shared;
  }

  @Test
  void theFirstLessonIsCompletedFromTheKeyboard(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      Page page = session.page();
      Locator card = begin(session, "What FGSM does");
      assertThat(card.getByRole(AriaRole.HEADING).first()).isFocused();
      next(card, 1);
      assertThat(session.settled().slider()).hasValue("0");
      assertThat(card.getByRole(AriaRole.STATUS)).isEmpty();
      assertThat(button(card, "Skip")).isVisible();
      assertThat(session.slider()).hasAttribute("data-lesson-mark", "");
      assertThat(Axe.violations(page)).isEmpty();
      button(card, "Show me").press("Enter");
      assertThat(session.slider()).isFocused();
      for (int step = 0; step < 16; step++) {
        page.keyboard().press("ArrowRight");
      }
      next(card, 2);
      assertThat(session.slider()).not().hasAttribute("data-lesson-mark", "");

      button(card, "Show me").press("Enter");
      Locator norm = page.getByLabel("Norm", new Page.GetByLabelOptions().setExact(true));
      assertThat(norm).isFocused();
      norm.selectOption("l2");
      next(card, 3);
      page.locator(".bars button.bar-row").nth(1).press("Enter");
      next(card, 4);
      next(card, 5);
      button(card, "Finish").press("Enter");
      assertThat(page.locator(".lesson")).hasCount(0);
      session.button("Lessons").click();
      assertThat(page.locator(".lesson-list li").first()).containsText("done");
      assertThat(session.problems()).isEmpty();
    }
  }

  @Test
  void aLinkRestoresTheProgress(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address());
        BrowserSession other = chromium.session()) {
      Locator card = begin(session, "Transfer to another network");
      session.choose("Other networks").getByRole(AriaRole.CHECKBOX).first().check();
      next(card, 1);
      next(card, 2);
      other.open(session.link());
      Locator restored = other.page().locator(".lesson");
      assertThat(restored).containsText("As far as it takes");
      assertThat(restored).containsText("3 of 4");
      other.button("Leave the lesson").click();
      other.button("Lessons").click();
      Locator list = other.page().getByRole(AriaRole.DIALOG);
      assertThat(list).containsText("2 of 4 steps");
      other.button("Go on with: Transfer to another network").click();
      assertThat(restored).containsText("3 of 4");
      assertThat(other.problems()).isEmpty();
    }
  }

  @Test
  void aDefenceThatHoldsAgainstAnAttackThatDoesNotKnowItFailsAgainstOneThatDoes(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      Page page = session.page();
      Locator card = begin(session, "Gradient masking");
      next(card, 1);
      page.getByLabel("In front of the network").selectOption("bit-depth");
      page.getByLabel("Bits").fill("2");
      page.keyboard().press("Enter");
      next(card, 2);
      Locator knows = page.getByLabel("The attack knows the defence");
      assertThat(knows).isChecked();
      knows.uncheck();
      next(card, 3);
      assertThat(session.headline()).containsText("still does");
      assertThat(page.locator(".strip-head")).containsText("of which the attack does not know");
      knows.check();
      next(card, 4);
      assertThat(session.headline()).containsText("Now it sees");
      assertThat(session.problems()).isEmpty();
    }
  }

  @Test
  void theOtherLessonsAreCompleted(Chromium chromium) {
    try (BrowserSession session = chromium.session().open(lab.address())) {
      Page page = session.page();
      Locator attack = page.getByLabel("Attack", new Page.GetByLabelOptions().setExact(true));
      Locator card = begin(session, "The smallest epsilon");
      page.locator("button.flip").click();
      next(card, 1);
      attack.selectOption("pgd");
      next(card, 2);
      attack.selectOption("deep-fool");
      next(card, 3);
      page.getByLabel("Norm", new Page.GetByLabelOptions().setExact(true)).selectOption("l2");
      next(card, 4);
      button(card, "Finish").click();

      card = begin(session, "Does the heat map tell the truth?");
      page.getByLabel("Add a method").selectOption("guided-backpropagation");
      session.button("Add").click();
      next(card, 1);
      page.locator(".bars button.bar-row").last().click();
      next(card, 2);
      session.drag(0.8);
      next(card, 3);
      session.choose("Network");
      next(card, 4);
      assertThat(page.locator(".block .carrier[data-lesson-mark]")).hasCount(1);
      assertThat(session.problems()).isEmpty();
    }
  }

  private static Locator begin(BrowserSession session, String title) {
    session.button("Lessons").click();
    session.button("Begin: " + title).click();
    Locator card = session.page().locator(".lesson");
    assertThat(card).containsText(title);
    return card;
  }

  /** Goes on once the step is found done. */
  private static void next(Locator card, int steps) {
    button(card, "Next").press("Enter");
    assertThat(card).containsText(Pattern.compile(steps + 1 + " of \\d"));
  }

  private static Locator button(Locator card, String name) {
    return card.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }
}
