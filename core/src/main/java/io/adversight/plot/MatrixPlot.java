package io.adversight.plot;

import io.adversight.image.ImageFiles;
import io.adversight.image.Sheet;
import java.util.List;
import java.util.Locale;

/**
 * A matrix of rates as a heat map with the rates in per cent in its cells.
 *
 * @param title above it
 * @param down what the rows are, in words
 * @param rows names, top to bottom
 * @param across what the columns are, in words
 * @param columns names, left to right; a line break parts two lines
 * @param values in [0, 1], or NaN where there is none; one list per row
 */
public record MatrixPlot(
    String title,
    String down,
    List<String> rows,
    String across,
    List<String> columns,
    List<List<Double>> values)
    implements Plot {
  private static final int NARROWEST_CELL = 68;
  private static final int WIDEST_CELL = 152;
  private static final int CELL_HEIGHT = 60;
  private static final int MARGIN = 28;
  private static final int TOP = 122;
  private static final int WORDS = 14;
  private static final int INK = 0x22262e;
  private static final int FAINT = 0x6a7280;
  private static final int LOW = 0xf1f4f8;
  private static final int HIGH = 0x9c1c2b;

  public MatrixPlot {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    values = values.stream().map(List::copyOf).toList();
    int width = columns.size();
    if (values.size() != rows.size() || values.stream().anyMatch(row -> row.size() != width)) {
      throw new IllegalArgumentException(
          "a matrix of %s rows and %s columns needs as many values".formatted(rows.size(), width));
    }
  }

  @Override
  public byte[] png() {
    Layout layout = layout();
    Sheet sheet = new Sheet(layout.width(), layout.height());
    draw(sheet, layout);
    return ImageFiles.png(sheet.raster());
  }

  @Override
  public byte[] svg() {
    Layout layout = layout();
    return Sheet.svg(layout.width(), layout.height(), sheet -> draw(sheet, layout));
  }

  /** Where the cells begin, how wide each is, and how large the drawing is. */
  private record Layout(int left, int cell, int width, int height) {}

  private Layout layout() {
    Sheet ruler = new Sheet(1, 1);
    int names = rows.stream().mapToInt(name -> ruler.width(name, WORDS, false)).max().orElse(0);
    int left = MARGIN + 26 + names + 14;
    int cell = cellWidth(ruler);
    int width =
        Math.max(left + columns.size() * cell + MARGIN, 2 * MARGIN + ruler.width(title, 18, true));
    return new Layout(left, cell, width, TOP + rows.size() * CELL_HEIGHT + MARGIN);
  }

  private void draw(Sheet sheet, Layout layout) {
    int left = layout.left();
    int cell = layout.cell();
    int middle = left + columns.size() * cell / 2;
    sheet.text(title, MARGIN, 36, 18, true, INK, Sheet.Align.LEFT);
    sheet.text(across, middle, 68, WORDS, false, FAINT, Sheet.Align.CENTRE);
    sheet.textUpwards(down, MARGIN + 10, TOP + rows.size() * CELL_HEIGHT / 2, WORDS, false, FAINT);
    for (int c = 0; c < columns.size(); c++) {
      heading(sheet, columns.get(c), left + c * cell + cell / 2, cell);
    }
    for (int r = 0; r < rows.size(); r++) {
      int y = TOP + r * CELL_HEIGHT;
      int base = y + CELL_HEIGHT / 2 + 5;
      sheet.text(rows.get(r), left - 12, base, WORDS, false, INK, Sheet.Align.RIGHT);
      for (int c = 0; c < columns.size(); c++) {
        cell(sheet, values.get(r).get(c), left + c * cell, y, cell);
      }
    }
  }

  /** Wide enough for the longest heading, within limits. */
  private int cellWidth(Sheet ruler) {
    int longest =
        columns.stream()
            .flatMap(String::lines)
            .mapToInt(line -> ruler.width(line, WORDS - 1, false))
            .max()
            .orElse(0);
    return Math.max(NARROWEST_CELL, Math.min(WIDEST_CELL, longest + 12));
  }

  private static void heading(Sheet sheet, String name, int x, int width) {
    List<String> lines = name.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int up = (lines.size() - 1 - i) * 18;
      String shown = sheet.fitted(lines.get(i), width - 8, WORDS - 1);
      int colour = i == 0 ? INK : FAINT;
      sheet.text(shown, x, TOP - 10 - up, WORDS - 1, false, colour, Sheet.Align.CENTRE);
    }
  }

  private static void cell(Sheet sheet, double value, int x, int y, int width) {
    boolean known = !Double.isNaN(value);
    int colour = known ? blend(value) : 0xffffff;
    sheet.fill(x + 1, y + 1, width - 2, CELL_HEIGHT - 2, colour);
    sheet.text(
        known ? String.format(Locale.ROOT, "%.1f", 100 * value) : "–",
        x + width / 2,
        y + CELL_HEIGHT / 2 + 6,
        17,
        true,
        value > 0.5 ? 0xffffff : INK,
        Sheet.Align.CENTRE);
  }

  private static int blend(double share) {
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double low = LOW >> shift & 0xff;
      double high = HIGH >> shift & 0xff;
      colour |= (int) Math.rint(low + (high - low) * Math.max(0, Math.min(1, share))) << shift;
    }
    return colour;
  }
}
