package io.adversight.report.robustness;

import io.adversight.evaluation.robustness.FrameNumbers;
import java.util.List;

/** The numbers of frames as columns of a table. */
final class FrameTable {
  static final List<String> HEADER =
      List.of(
          "step",
          "predicted",
          "p_from",
          "p_to",
          "oracles_see",
          "oracles_from",
          "oracles_to",
          "votes_to",
          "realness",
          "pixel_l2",
          "code_l2",
          "map_to_previous",
          "map_to_start",
          "map_to_end");

  private FrameTable() {}

  static List<String> row(FrameNumbers frame) {
    return List.of(
        Integer.toString(frame.step()),
        Integer.toString(frame.predicted()),
        TypeOneTables.text(frame.labelProbability()),
        TypeOneTables.text(frame.targetProbability()),
        frame.seen() < 0 ? "" : Integer.toString(frame.seen()),
        TypeOneTables.text(frame.oracleLabel()),
        TypeOneTables.text(frame.oracleTarget()),
        Integer.toString(frame.votes()),
        TypeOneTables.text(frame.realness()),
        TypeOneTables.text(frame.pixelDistance()),
        TypeOneTables.text(frame.latentDistance()),
        TypeOneTables.text(frame.mapToPrevious()),
        TypeOneTables.text(frame.mapToStart()),
        TypeOneTables.text(frame.mapToEnd()));
  }
}
