package io.adversight.cli;

import io.adversight.report.format.RobustnessTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table on the terminal: the first column to the left, the others to the right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with the given headings. */
  TextTable(List<String> headings) {
    rows.add(List.copyOf(headings));
  }

  static TextTable of(RobustnessTable table) {
    TextTable text = new TextTable(table.header());
    table.rows().forEach(text::row);
    return text;
  }

  TextTable row(List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  void print(PrintWriter out) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        int width = width(c);
        String pad = " ".repeat(width - row.get(c).length());
        line.append(c == 0 ? row.get(c) + pad : "  " + pad + row.get(c));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** A share in per cent with one digit after the point. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
