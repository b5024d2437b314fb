package io.adversight.cli;

import io.adversight.metric.numeric.Proportion;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.ResultJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Fooling rates in a line. */
final class FoolingText {
  private static final int CLASSES = 3;

  private FoolingText() {}

  static void print(PrintWriter out, String what, JsonNode rate) {
    List<String> classes = new ArrayList<>();
    for (JsonNode one : rate.path("dominant")) {
      if (classes.size() < CLASSES) {
        classes.add(one.path("name").asString() + " " + one.path("images").asInt());
      }
    }
    Proportion share = ResultJson.proportion(rate.path("fooled"));
    out.println(
        "%-8s %8s of %s images fooled (95 %%: %s)%s"
            .formatted(
                what,
                NumberText.percent(share),
                share.trials(),
                NumberText.interval(share),
                classes.isEmpty() ? "" : "; now mostly " + String.join(", ", classes)));
  }
}
