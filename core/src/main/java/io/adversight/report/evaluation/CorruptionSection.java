package io.adversight.report.evaluation;

import io.adversight.attack.corruption.CommonCorruption;
import io.adversight.report.format.Block;
import io.adversight.report.format.Names;
import io.adversight.report.format.NumberText;
import io.adversight.study.evaluation.CorruptionAccuracy;
import io.adversight.study.evaluation.NetworkEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What corruptions leave of the accuracy. */
final class CorruptionSection {
  private final EvaluationView view;

  CorruptionSection(EvaluationView view) {
    this.view = view;
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    NetworkEvaluation first = view.first();
    for (int t = 0; t < first.corruptions().size(); t++) {
      int type = t;
      CommonCorruption.Type named = first.corruptions().get(t).type();
      List<String> row = new ArrayList<>(List.of(words(named), words(named.family())));
      for (NetworkEvaluation network : view.networks()) {
        CorruptionAccuracy one = network.corruptions().get(type);
        row.add(NumberText.percent(one.mean()));
        if (view.isSingle()) {
          for (int s = 1; s <= CommonCorruption.SEVERITIES; s++) {
            row.add(NumberText.percent(one.at(s)));
          }
        }
      }
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("corruption", "kind"));
    for (NetworkEvaluation network : view.networks()) {
      header.add(view.isSingle() ? "accuracy" : network.card().nameInResults());
    }
    if (view.isSingle()) {
      for (int s = 1; s <= CommonCorruption.SEVERITIES; s++) {
        header.add("severity " + s);
      }
    }
    List<List<String>> means = new ArrayList<>();
    means.add(
        view.row(
            "mean corruption error, not normalized",
            n -> NumberText.percent(1 - CorruptionAccuracy.mean(n.corruptions()))));
    if (!view.isSingle()) {
      means.add(
          view.row(
              "mCE relative to " + first.card().nameInResults(),
              n -> {
                OptionalDouble error =
                    CorruptionAccuracy.error(n.corruptions(), first.corruptions());
                return error.isPresent()
                    ? NumberText.percent(error.getAsDouble())
                    : EvaluationView.NONE;
              }));
    }
    blocks.add(view.table("", means));
    blocks.add(new Block.Table(header, rows, 2));
    blocks.add(
        new Block.Note(
            "The corruptions of Hendrycks and Dietterich (2019), computed for images of any size"
                + " from the amounts of ImageNet-C; means do not include rotations and"
                + " translations. The mCE divides each corruption's errors by those of the"
                + " reference, the first network of --model."));
    return blocks;
  }

  private static String words(Enum<?> constant) {
    return Names.of(constant).replace('-', ' ');
  }
}
