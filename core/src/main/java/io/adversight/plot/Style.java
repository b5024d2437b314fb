package io.adversight.plot;

import io.adversight.image.SvgFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.knowm.xchart.BoxChart;
import org.knowm.xchart.BoxChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** How all plots look. */
final class Style {
  static final Color FAINT = new Color(0x9AA5B8);
  static final BasicStroke THIN = stroke(1.2f, 3f, 4f);
  static final BasicStroke DASHED = stroke(1.5f, 6f, 4f);

  private static final int WIDTH = 760;
  private static final int HEIGHT = 460;
  static final Color INK = new Color(0x1C2330);
  private static final Color GRID = new Color(0xE4E8EE);

  /** Colours that people with colour blindness can tell apart (Okabe and Ito 2008). */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x4D4D4D));

  private Style() {}

  /** How one line is drawn. */
  record Spot(Color colour, BasicStroke stroke) {}

  /** The look of the {@code index}-th line: colours first, then dashes. */
  static Spot spot(int index) {
    int round = index / COLOURS.size() % 3;
    BasicStroke stroke =
        round == 0 ? stroke(2f) : round == 1 ? stroke(2f, 7f, 4f) : stroke(2f, 2f, 3f);
    return new Spot(COLOURS.get(index % COLOURS.size()), stroke);
  }

  private static BasicStroke stroke(float width, float... dashes) {
    return new BasicStroke(
        width,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        10,
        dashes.length == 0 ? null : dashes,
        0);
  }

  static XYChart lines(String title, String xAxis, String yAxis) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    apply(chart.getStyler());
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setMarkerSize(6);
    chart.getStyler().setXAxisTickLabelsFormattingFunction(Style::tick);
    return chart;
  }

  static BoxChart boxes(String title, String yAxis) {
    BoxChart chart =
        new BoxChartBuilder().width(WIDTH).height(HEIGHT).title(title).yAxisTitle(yAxis).build();
    apply(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisLabelRotation(35);
    chart.getStyler().setSeriesColors(new Color[] {COLOURS.get(0)});
    return chart;
  }

  private static void apply(AxesChartStyler styler) {
    styler.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setChartTitleBoxVisible(false);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartPadding(12);
    styler.setYAxisTickLabelsFormattingFunction(Style::tick);
    styler.setAntiAlias(true);
  }

  /** A value at an axis with at most four digits, such as 0.25: the chart's own way is .25. */
  static String tick(double value) {
    return new BigDecimal(value, new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  static byte[] svg(Chart<?, ?> chart) {
    return SvgFile.of(
        chart.getWidth(),
        chart.getHeight(),
        graphics -> chart.paint(graphics, chart.getWidth(), chart.getHeight()));
  }

  static byte[] png(Chart<?, ?> chart) {
    try {
      return ChartEncoder.getBytes(chart, "png");
    } catch (IOException e) {
      throw new UncheckedIOException("the plot could not be drawn", e);
    }
  }
}
