package io.adversight.plot;

import io.adversight.plot.Style.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines over a common axis.
 *
 * @param xAxis what lies along the horizontal axis, with its unit
 * @param yAxis what lies along the vertical axis
 * @param lines drawn in turn; one name each
 * @param range of the vertical axis, where it is not to follow the values
 * @param diagonal whether chance, from (0, 0) to (1, 1), is drawn beneath
 * @param marks places on the horizontal axis that are marked, where the vertical axis is fixed
 */
public record LinePlot(
    String title,
    String xAxis,
    String yAxis,
    List<Line> lines,
    Optional<Span> range,
    boolean diagonal,
    List<Mark> marks)
    implements Plot {
  private static final int MARKED = 24;

  /** The ends of an axis. */
  public record Span(double low, double high) {}

  /** A named place on the horizontal axis. */
  public record Mark(double x, String name) {}

  /** Copies the lines. */
  public LinePlot {
    lines = List.copyOf(lines);
    marks = List.copyOf(marks);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(
          "the plot \"%s\" needs at least one line".formatted(title));
    }
  }

  /** Lines whose vertical axis follows the values. */
  public static LinePlot of(String title, String xAxis, String yAxis, List<Line> lines) {
    return new LinePlot(title, xAxis, yAxis, lines, Optional.empty(), false, List.of());
  }

  /** This plot with a vertical axis from {@code low} to {@code high}. */
  public LinePlot within(double low, double high) {
    return new LinePlot(
        title, xAxis, yAxis, lines, Optional.of(new Span(low, high)), diagonal, marks);
  }

  /** This plot with the line of chance. */
  public LinePlot withDiagonal() {
    return new LinePlot(title, xAxis, yAxis, lines, range, true, marks);
  }

  /** This plot with one more place marked. */
  public LinePlot markedAt(double x, String name) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(new Mark(x, name));
    return new LinePlot(title, xAxis, yAxis, lines, range, diagonal, more);
  }

  @Override
  public byte[] png() {
    return Style.png(chart());
  }

  @Override
  public byte[] svg() {
    return Style.svg(chart());
  }

  private XYChart chart() {
    XYChart chart = Style.lines(title, xAxis, yAxis);
    range.ifPresent(
        span -> {
          chart.getStyler().setYAxisMin(span.low());
          chart.getStyler().setYAxisMax(span.high());
        });
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
      Spot spot = Style.spot(i);
      series.setMarkerColor(spot.colour());
      series.setLineColor(spot.colour());
      series.setLineStyle(spot.stroke());
      series.setMarker(line.x().size() <= MARKED ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    if (diagonal) {
      // Where all values are multiples of one, XChart labels those instead of round numbers.
      List<Double> ends = List.of(0.0, 1 / Math.E, 1.0);
      XYSeries chance = chart.addSeries("chance", ends, ends);
      chance.setMarker(SeriesMarkers.NONE);
      chance.setLineColor(Style.FAINT);
      chance.setLineStyle(Style.THIN);
    }
    range.ifPresent(span -> marks.forEach(mark -> draw(mark, span, chart)));
    return chart;
  }

  private static void draw(Mark mark, Span span, XYChart chart) {
    XYSeries series =
        chart.addSeries(mark.name(), List.of(mark.x(), mark.x()), List.of(span.low(), span.high()));
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(Style.INK);
    series.setLineStyle(Style.DASHED);
  }
}
