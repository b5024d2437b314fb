package io.adversight.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tables as lines of values separated by commas (RFC 4180). Spreadsheets compute what begins like a
 * formula: a text that begins with {@code =}, {@code +}, {@code -} or {@code @} gets an apostrophe
 * in front, numbers do not. Control characters, line breaks among them, are written as spaces.
 */
public final class Csv {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern FORMULA = Pattern.compile("'*+\\s*+[=+@\\-]");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?|-Infinity");

  private Csv() {}

  /** One line, without its end; values with a comma or a quote are quoted. */
  public static String line(List<String> values) {
    return String.join(",", values.stream().map(Csv::plain).map(Csv::quoted).toList());
  }

  private static String plain(String value) {
    String clean = CONTROL.matcher(value).replaceAll(" ");
    return FORMULA.matcher(clean).lookingAt() && !NUMBER.matcher(clean).matches()
        ? "'" + clean
        : clean;
  }

  private static String text(String value) {
    return value.startsWith("'") && FORMULA.matcher(value).lookingAt() ? value.substring(1) : value;
  }

  private static String quoted(String value) {
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
        values.add(text(value.toString()));
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(text(value.toString()));
    return values;
  }
}
