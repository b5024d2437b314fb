package io.adversight.text;

import java.util.ArrayList;
import java.util.List;

/** Tables as lines of values separated by commas (RFC 4180), without line breaks in values. */
public final class Csv {
  private Csv() {}

  /** One line, without its end; values with a comma or a quote are quoted. */
  public static String line(List<String> values) {
    return String.join(",", values.stream().map(Csv::quoted).toList());
  }

  private static String quoted(String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a value of a table holds no line break: " + value);
    }
    return value.indexOf(',') < 0 && value.indexOf('"') < 0
        ? value
        : '"' + value.replace("\"", "\"\"") + '"';
  }

  /** A header and rows, every line ended. */
  public static String table(List<String> header, List<List<String>> rows) {
    StringBuilder text = new StringBuilder(line(header)).append('\n');
    rows.forEach(row -> text.append(line(row)).append('\n'));
    return text.toString();
  }

  /** The values of one line. */
  public static List<String> values(String line) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && inside && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        value.append(c);
        i++;
      } else if (c == '"') {
        inside = !inside;
      } else if (c == ',' && !inside) {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString());
    return values;
  }
}
