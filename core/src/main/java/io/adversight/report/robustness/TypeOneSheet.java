package io.adversight.report.robustness;

import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.TransitionCase;
import io.adversight.evaluation.robustness.TypeOneResult;
import io.adversight.evaluation.robustness.TypeOneResult.Method;
import io.adversight.image.Caption;
import io.adversight.image.ImageGrid;
import io.adversight.image.Interpolation;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A Type I example of every pair of classes on one sheet. */
final class TypeOneSheet {
  /** What the sheet shows. */
  static final String CAPTION =
      "Rows: the class that the network predicts for all images of the row. Columns: the class that"
          + " most oracles see. On the diagonal an original; empty where no attack succeeded.";

  private static final int SIDE = 56;
  private static final int GAP = 3;
  private static final float EMPTY = 0.93f;

  private final List<Raster> cells = new ArrayList<>();
  private final int columns;

  private TypeOneSheet(int columns) {
    this.columns = columns;
  }

  /** The sheet of results; the first success of a pair is shown. */
  static TypeOneSheet of(
      DataSet set, List<TransitionCase> cases, List<TypeOneResult> results, Labels labels) {
    int classes = labels.size();
    TypeOneSheet sheet = new TypeOneSheet(classes + 1);
    sheet.cells.add(Caption.of(" ", SIDE, SIDE));
    labels.names().forEach(name -> sheet.cells.add(Caption.of(name, SIDE, SIDE)));
    for (int label = 0; label < classes; label++) {
      sheet.cells.add(Caption.of(labels.name(label), SIDE, SIDE));
      for (int target = 0; target < classes; target++) {
        Optional<Raster> shown =
            label == target ? original(set, cases, label) : example(results, label, target);
        sheet.cells.add(
            shown
                .map(image -> RasterResize.to(image, SIDE, SIDE, Interpolation.NEAREST))
                .orElseGet(() -> Raster.generate(1, SIDE, SIDE, (c, y, x) -> EMPTY)));
      }
    }
    return sheet;
  }

  private static Optional<Raster> original(DataSet set, List<TransitionCase> cases, int label) {
    return cases.stream()
        .filter(one -> one.label() == label)
        .findFirst()
        .map(one -> set.image(one.image()));
  }

  private static Optional<Raster> example(List<TypeOneResult> results, int label, int target) {
    return IntStream.range(0, results.size())
        .mapToObj(results::get)
        .filter(result -> result.label() == label && result.target() == target)
        .filter(result -> result.of(Method.TYPE_ONE).succeeds())
        .findFirst()
        .map(TypeOneResult::example);
  }

  /** The sheet, RGB. */
  Raster sheet() {
    return ImageGrid.of(cells, columns, GAP);
  }
}
