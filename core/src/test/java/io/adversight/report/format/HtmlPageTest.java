package io.adversight.report.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.image.ColorMap;
import io.adversight.image.ColorScale;
import io.adversight.image.Raster;
import io.adversight.report.format.Block.Layout;
import io.adversight.study.evaluation.Check;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the templates make of the blocks of a page. */
class HtmlPageTest {
  private static final String BAD = "<script>&\"'";
  private static final PageImage IMAGE =
      PageImage.of(Raster.generate(1, 4, 4, (c, y, x) -> x / 4.0));
  private static final ColorBar COLORS = new ColorBar(new ColorScale(ColorMap.INFERNO, 0, 2, true));

  @TempDir Path folder;

  /** One of every kind, each with nothing but bad text. */
  static List<Block> blocks() {
    return List.of(
        new Block.Section(BAD, new Block.Note(BAD)),
        new Block.Group(Layout.ROW, new Block.Note(BAD)),
        new Block.Heading(BAD),
        new Block.Subheading(BAD),
        new Block.AttackHeading(BAD, BAD, List.of(new Block.Verdict(BAD, true))),
        new Block.Note(BAD),
        new Block.NamedValues(Map.of(BAD, BAD), true),
        new Block.Table(List.of(BAD), List.of(List.of(BAD + " ± " + BAD)), 0),
        new Block.Figure(IMAGE, BAD, BAD),
        new Block.WideFigure(IMAGE, BAD),
        new Block.Tile(IMAGE, BAD),
        new Block.PlotImage(IMAGE, BAD),
        new Block.Folded(BAD, IMAGE),
        new Block.Details(BAD, List.of(new Block.Note(BAD))),
        new Block.MapFigure(IMAGE, COLORS, BAD, BAD),
        new Block.MapPair(IMAGE, IMAGE, COLORS, BAD, BAD),
        new Block.CheckList(
            List.of(BAD, BAD),
            List.of(
                new Block.CheckRow(
                    BAD,
                    BAD,
                    List.of(
                        new Block.CheckCell(Check.Verdict.PASS, BAD),
                        new Block.CheckCell(Check.Verdict.NOT_RUN, BAD))))),
        new Block.Prediction(BAD, List.of(new Block.Bar(BAD, 0.25, true))));
  }

  private static String body(Block... blocks) {
    String page = new HtmlPage("title", Map.of(), blocks).html();
    return page.substring(page.indexOf("</header>"), page.indexOf("</main>"));
  }

  @Test
  void everyKindIsTried() {
    assertThat(blocks().stream().map(Block::getClass).map(Class::getSimpleName))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Block.class.getPermittedSubclasses()).map(Class::getSimpleName).toList());
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void textsStayTexts(Block block) {
    String body = body(block);
    assertThat(body).doesNotContain("<script", BAD);
    // Between tags < and & are escaped, inside the quotes of an attribute the quotes as well.
    assertThat(body).containsPattern("&lt;script(>|&gt;)&amp;(\"|&#34;|&quot;)('|&#39;)");
  }

  @Test
  void titleAndFactsStayTexts() {
    String page = new HtmlPage(BAD, Map.of(BAD, BAD)).html();
    assertThat(page).startsWith("<!doctype html>").endsWith("</html>\n").doesNotContain("<script");
  }

  @Test
  void columnsAfterTheNamesAreNumbersAndSpreadsAreSmall() {
    String body =
        body(new Block.Table(List.of("method", "mean"), List.of(List.of("a", "2 ± 1")), 1));
    assertThat(body)
        .contains("<th>method</th>", "<th class=\"number\">mean</th>")
        .contains("<td>a</td>", "<td class=\"number\">2<small>± 1</small></td>");
  }

  @Test
  void onlySmallImagesAreEnlargedInWholePixels() {
    PageImage large = PageImage.of(Raster.generate(1, 1, 200, (c, y, x) -> 0));
    assertThat(body(new Block.Tile(IMAGE, "a"))).contains("class=\"single\"", "class=\"pixels\"");
    assertThat(body(new Block.Tile(large, "a")))
        .contains("class=\"wide\"")
        .doesNotContain("class=\"pixels\"");
  }

  @Test
  void barsAreAsLongAsTheProbability() {
    assertThat(body(new Block.Prediction("p", List.of(new Block.Bar("a", 0.25, false)))))
        .contains("style=\"width:25.00%\"", "25.0 %")
        .doesNotContain("own");
  }

  @Test
  void namesAnImageThatIsGone() {
    Path gone = folder.resolve("gone.png");
    HtmlPage page =
        new HtmlPage("title", Map.of(), new Block.WideFigure(PageImage.in(gone), "caption"));
    assertThatThrownBy(page::html)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(gone.toString());
  }
}
