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
import java.util.Collections;
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
        cells(BAD, 2),
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

  private static Block.CellTable cells(String text, int count) {
    Block.Crop crop = new Block.Crop(text, text, 83, 37);
    Block.Cell cell = new Block.Cell(text, text, 0.5, List.of(crop));
    return new Block.CellTable(
        List.of(text),
        List.of(new Block.CellRow(text, Collections.nCopies(count, cell))),
        Map.of(text, IMAGE),
        80);
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
  void aClickOnACellShowsPartsOfASheetThatThePageHoldsOnce() {
    String body = body(cells("maps", 5));
    assertThat(body).containsOnlyOnce(IMAGE.read().source());
    assertThat(body.split("<details")).hasSize(6);
    assertThat(body)
        .contains("style=\"width:80px;height:80px;background-position:-83px -37px\"")
        .contains("aria-label=\"maps\"");
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
