package io.adversight.data;

import java.util.ArrayList;
import java.util.List;

/** How a hand moves to write each digit: places in a box of width 0.7 and height 1, y downwards. */
final class DigitStrokes {
  /** A place of the pen. */
  record Point(double x, double y) {}

  /**
   * One movement of the pen.
   *
   * @param smooth whether it bends through its points or turns at them
   */
  record Stroke(boolean smooth, List<Point> points) {}

  /**
   * Ways to write each digit; "~" bends through its points, "-" goes straight from each to next.
   */
  private static final List<List<String>> FORMS =
      List.of(
          List.of(
              "~ .40 .00 .14 .10 .02 .42 .06 .78 .28 1.0 .52 .90 .66 .58 .64 .22 .40 .00",
              "~ .52 .06 .34 .00 .10 .18 .02 .54 .12 .88 .34 1.0 .58 .86 .68 .48 .60 .14 .42 .02"),
          List.of("- .37 .00 .33 1.0", "- .22 .20 .38 .00 .38 1.0"),
          List.of(
              "~ .04 .26 .16 .06 .40 .00 .62 .16 .54 .46 .28 .76 .02 .98|- .02 .98 .68 .96",
              "~ .08 .18 .30 .00 .56 .08 .60 .32 .42 .62 .04 .96|~ .04 .96 .30 .92 .68 1.0"),
          List.of(
              "~ .06 .10 .32 .00 .58 .14 .52 .36 .28 .46|~ .28 .46 .58 .56 .64 .80 .38 1.0 .02 .90",
              "- .06 .02 .60 .02 .30 .40|~ .30 .40 .58 .50 .64 .76 .42 .98 .04 .92"),
          List.of(
              "- .14 .00 .06 .52 .66 .50|- .54 .04 .48 1.0",
              "- .50 .00 .02 .66 .70 .66|- .50 .00 .50 1.0"),
          List.of(
              "- .62 .02 .16 .02 .12 .44|~ .12 .44 .38 .36 .62 .54 .60 .82 .34 1.0 .02 .92",
              "- .66 .00 .20 .04 .14 .46|~ .14 .46 .40 .42 .58 .62 .50 .90 .24 1.0 .02 .90"),
          List.of(
              "~ .50 .00 .22 .22 .06 .56 .08 .86 .30 1.0 .54 .92 .60 .70 .40 .54 .18 .62 .07 .80",
              "~ .40 .00 .18 .30 .06 .66 .18 .94 .42 1.0 .62 .84 .54 .62 .30 .58 .08 .74"),
          List.of(
              "- .02 .06 .64 .04|~ .64 .04 .44 .44 .28 1.0",
              "- .02 .04 .64 .02|~ .64 .02 .46 .40 .30 1.0|- .20 .52 .60 .48"),
          List.of(
              "~ .58 .14 .34 .00 .12 .16 .30 .44 .56 .68 .46 .96 .16 .94 .10 .70 .36 .44 .58 .14",
              "~ .36 .46 .10 .28 .34 .00 .60 .22 .36 .46 .06 .74 .34 1.0 .64 .76 .36 .46"),
          List.of(
              "~ .58 .20 .40 .02 .14 .10 .08 .34 .28 .48 .50 .38 .60 .14|~ .60 .14 .58 .56 .50 1.0",
              "~ .60 .16 .36 .00 .10 .16 .14 .42 .40 .46 .60 .16|- .60 .16 .46 1.0"));

  private DigitStrokes() {}

  /** How many ways there are to write a digit. */
  static int forms(int digit) {
    return FORMS.get(digit).size();
  }

  /** The movements that write a digit in one way. */
  static List<Stroke> of(int digit, int form) {
    List<Stroke> strokes = new ArrayList<>();
    for (String text : FORMS.get(digit).get(form).split("\\|", -1)) {
      String[] words = text.split(" ", -1);
      List<Point> points = new ArrayList<>();
      for (int i = 1; i < words.length; i += 2) {
        points.add(new Point(Double.parseDouble(words[i]), Double.parseDouble(words[i + 1])));
      }
      strokes.add(new Stroke(words[0].equals("~"), List.copyOf(points)));
    }
    return strokes;
  }
}
