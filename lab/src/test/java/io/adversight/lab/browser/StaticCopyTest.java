package io.adversight.lab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.image.Raster;
import io.adversight.lab.panel.Subject;
import io.adversight.lab.site.SiteSpec;
import io.adversight.lab.site.StaticCopy;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Device;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A static copy opened from the disk, without any server. */
@ExtendWith(InChromium.class)
class StaticCopyTest {
  private static final List<Double> EPSILONS = List.of(16 / 255.0, 50.5 / 255, 100 / 255.0);
  private static final String GREY =
      """
      canvas => Array.from(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
          .data.filter((value, at) => at % 4 === 0))
      """;

  @TempDir static Path home;
  private static GraphClassifier digits;
  private static String address = "";

  @BeforeAll
  static void write() {
    digits = ModelReader.open(Models.locateWithoutHome("digits"), Device.CPU);
    Path folder = home.resolve("site");
    List<SiteSpec.Named> images =
        List.of(
            new SiteSpec.Named("<b>nine</b>", SampleImages.digits().get(9).view()),
            new SiteSpec.Named("three", SampleImages.digits().get(3).view()));
    SiteSpec spec =
        new SiteSpec(
            images,
            List.of(Algorithm.of("fgsm"), new Algorithm("pgd", Map.of("steps", "3"))),
            Algorithm.of("grad-cam"),
            EPSILONS,
            List.of("adversight", "lab", "export"));
    StaticCopy.write(folder, digits, spec, Run.of(1));
    address = folder.resolve("index.html").toUri().toString();
  }

  @Test
  void showsAtEveryStopWhatTheAttackMakes(Chromium chromium) {
    Raster nine = SampleImages.digits().get(9).view().quantized();
    try (BrowserSession session = chromium.session()) {
      Page page = session.page();
      page.navigate(address + "#0/0/0");
      assertThat(page.locator(".site-headline")).containsText("and still does");
      for (int stop = 1; stop <= EPSILONS.size(); stop++) {
        page.getByLabel("Epsilon", new Page.GetByLabelOptions().setExact(true))
            .fill(Integer.toString(stop));
        Raster changed = fgsm(nine, EPSILONS.get(stop - 1));
        float[] values = changed.toArray();
        List<Integer> expected = new ArrayList<>();
        for (float value : values) {
          expected.add((int) Math.rint(255 * value));
        }
        assertThat(page.locator("canvas").nth(2).evaluate(GREY)).isEqualTo(expected);
        String seen = digits.labels().name(Subject.predict(digits, List.of(changed)).get(0).top());
        assertThat(page.locator(".site-images figcaption").nth(2)).containsText(seen + ",");
      }
      assertThat(session.problems()).isEmpty();
    }
  }

  private static Raster fgsm(Raster image, double epsilon) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(image));
      int label = digits.predict(pixels).get(0).top();
      Problem problem = Problem.of(digits, pixels, List.of(label));
      return Batches.rasters(Attacks.changed(new Fgsm(), problem, Norm.LINF, epsilon, Run.of(1)))
          .get(0)
          .quantized();
    }
  }

  @Test
  void aLinkHoldsImageAttackAndStop(Chromium chromium) {
    try (BrowserSession session = chromium.session()) {
      Page page = session.page();
      page.navigate(address + "#1/1/2");
      assertThat(page.getByRole(AriaRole.STATUS))
          .containsText("pgd · no pixel moved by more than 50.5/255");
      page.locator(".site-gallery button").first().click();
      assertThat(page).hasURL(address + "#0/1/2");
      assertThat(page.locator(".site-gallery img").first()).hasAttribute("alt", "<b>nine</b>");
      assertThat(session.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 360", "DARK, 1440"})
  void breaksNoRuleOfAccessibility(ColorScheme theme, int width, Chromium chromium) {
    try (BrowserSession session =
        chromium.session(
            new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(theme))) {
      session.page().navigate(address + "#0/0/2");
      assertThat(session.page().locator(".site-chart")).isVisible();
      assertThat(Axe.violations(session.page())).isEmpty();
      assertThat((Integer) session.page().evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(width);
    }
  }
}
