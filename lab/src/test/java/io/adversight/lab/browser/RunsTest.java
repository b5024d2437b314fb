package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.adversight.lab.Lab;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InChromium.class)
class RunsTest {
  private static final String START_AND_CANCEL =
      """
      async () => {
        const headers = { "Content-Type": "application/json" };
        const pgd = { id: "pgd", parameters: { steps: "1000" } }; // takes longer than a request
        const body = JSON.stringify({
          model: "digits", source: { kind: "samples", group: "digits", limit: 3 }, batch: 1,
          attacks: [pgd], epsilons: [0.1] });
        const started = await fetch("api/studies", { method: "POST", headers, body });
        const { study } = await started.json();
        await fetch("api/jobs/" + study.job.id, { method: "DELETE" });
      }
      """;

  @TempDir Path home;

  @Test
  void aStoppedRunGoesOnFromTheList(Chromium chromium) {
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session().open(lab.address())) {
      session.page().evaluate(START_AND_CANCEL);
      session
          .page()
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Runs").setExact(true))
          .click();
      Locator runs = session.page().locator(".runs li");
      assertThat(runs).hasCount(1);
      assertThat(runs.locator(".chip")).hasText("cancelled");
      Pattern goOn = Pattern.compile("^Go on.*");
      runs.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(goOn)).click();
      assertThat(runs.locator(".chip")).hasText("done");
      assertThat(runs.getByText("Report")).isVisible();
      runs.locator(".run-name").click();
      assertThat(runs.locator(".results tbody tr")).hasCount(3);
      Locator pictures = runs.locator(".results tbody img");
      assertThat(pictures).hasCount(6);
      pictures.first().scrollIntoViewIfNeeded();
      await()
          .until(() -> (Boolean) pictures.first().evaluate("image => image.naturalWidth === 28"));
      assertThat(session.problems()).isEmpty();
    }
  }

  @Test
  void aRunBehindADefenceIsNamedOpensBehindItAndIsRemoved(Chromium chromium) {
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session().openDigits(lab.address())) {
      Page page = session.page();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Runs").setExact(true))
          .click();
      page.getByLabel("In front of the network").selectOption("bit-depth");
      page.getByLabel("Bits").fill("2");
      page.getByLabel("At most").fill("2");
      for (String field : List.of("Bits", "At most", "Epsilons")) {
        page.getByLabel(field).press("Enter"); // starts no run
      }
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the run")).click();
      Locator runs = page.locator(".runs li").first();
      assertThat(runs.locator(".chip").first()).hasText("done");
      assertThat(runs.locator(".run-name strong"))
          .hasText("fgsm on digits behind bit-depth(bits=2)");
      page.locator(".wall-tile").first().click();
      assertThat(page.locator(".panel [role=status]").first())
          .containsText("behind Reduced bit depth");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Runs").setExact(true))
          .click();
      assertThat(page.getByText("1 of at most 200 runs")).isVisible();
      Locator remove =
          runs.getByRole(
              AriaRole.BUTTON,
              new Locator.GetByRoleOptions().setName(Pattern.compile("^Remove.*")));
      remove.click();
      assertThat(remove).hasText(Pattern.compile("Remove it for good.*"));
      remove.click();
      assertThat(page.getByText("There is none yet")).isVisible();
      assertThat(session.problems()).isEmpty();
    }
  }
}
