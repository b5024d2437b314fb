package io.adversight.cli;

import io.adversight.metric.numeric.Proportion;
import io.adversight.report.format.RobustnessTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A table on the terminal: columns of numbers to the right, the first and those of words to the
 * left.
 */
final class TextTable {
  /** A number, with a unit or another number after it, or the sign that there is none. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "|-|–|NaN|[-+]?inf|[-+<>~]?\\s*[0-9.][^A-Za-z]*([A-Za-z]{1,2}(?![A-Za-z])[^A-Za-z]*)*");

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
        line.append(c == 0 ? "" : "  ").append(isNumbers(c) ? pad + row.get(c) : row.get(c) + pad);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** A share in per cent with one digit after the point. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A share in per cent; a dash without trials, of which it would be a share. */
  static String percent(Proportion share) {
    return share.trials() == 0 ? "-" : percent(share.value());
  }

  private boolean isNumbers(int column) {
    return column > 0
        && rows.stream().skip(1).allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
