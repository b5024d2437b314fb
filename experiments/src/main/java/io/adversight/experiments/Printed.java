package io.adversight.experiments;

import io.adversight.text.Csv;
import java.util.List;

/**
 * A number as the study prints it: a line of {@code expected.csv}.
 *
 * @param number what it is, the name of a measured one
 * @param theirs as printed
 * @param place where in the source
 */
public record Printed(String number, String theirs, String place) {
  /** The lines beneath the heading of {@code expected.csv}. */
  static List<Printed> parse(String csv) {
    return csv.lines()
        .skip(1)
        .map(Csv::values)
        .map(values -> new Printed(values.get(0), values.get(1), values.get(2)))
        .toList();
  }
}
