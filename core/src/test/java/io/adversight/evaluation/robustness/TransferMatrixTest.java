package io.adversight.evaluation.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.data.ImageList;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransferMatrixTest {
  /** The brighter of two pixels. */
  private static final Classifier BRIGHTER = network(1, 1);

  /** The same, but looks at the first pixel twice as much. */
  private static final Classifier LEANING = network(2, 1);

  private static final ImageList IMAGES =
      new ImageList(
          "pairs",
          List.of(pair(0.6, 0.5), pair(0.9, 0.1), pair(0.45, 0.5), pair(0.2, 0.9)),
          List.of(0, 0, 1, 1),
          List.of());

  private static Classifier network(double first, double second) {
    return SmallNetworks.linear(1, 2, new double[][] {{first, 0}, {0, second}}, 0, 0);
  }

  private static Raster pair(double a, double b) {
    return Raster.map(1, 2, new float[] {(float) a, (float) b});
  }

  private static Transfer transfer(List<Fit> fits, Classifier... networks) {
    return new Transfer(
        List.of(networks), List.of(networks), fits, new Fgsm(), Norm.LINF, List.of(0.1));
  }

  private static TransferMatrix matrix(Transfer transfer, DataSet set, TransferMatrix.Parts parts) {
    return TransferMatrix.of(transfer, set, 3, new Rng(0), parts, Run.of(1));
  }

  @Test
  void countsTheImagesThatWereRightBeforeAndAreWrongAfter() {
    TransferMatrix matrix =
        matrix(
            transfer(List.of(Fit.DOWN_SIZE), BRIGHTER, LEANING), IMAGES, TransferMatrix.Parts.NONE);
    // Every attack moves both pixels by 0.1 towards the other class. BRIGHTER has all four right
    // and loses those whose pixels differ by less than 0.2. LEANING takes (0.45, 0.5) for class 0
    // from the start (0.9 > 0.5), and keeps the others: 2 * 0.5 > 0.6, 2 * 0.8 > 0.2, 2 * 0.3 <
    // 0.8.
    Transfer.Cell brighter = new Transfer.Cell(new Proportion(4, 4), new Proportion(2, 4));
    Transfer.Cell leaning = new Transfer.Cell(new Proportion(3, 4), new Proportion(0, 3));
    assertThat(matrix.cells().get(0)).containsExactly(brighter, leaning);
    assertThat(matrix.cells().get(1)).containsExactly(brighter, leaning);
  }

  @Test
  void takesTheCleanPredictionForImagesWithoutClass() {
    DataSet unlabelled = ImageList.unlabelled(IMAGES.images());
    TransferMatrix matrix =
        matrix(transfer(List.of(Fit.DOWN_SIZE), LEANING), unlabelled, TransferMatrix.Parts.NONE);
    assertThat(matrix.cells().get(0).get(0).right()).isEqualTo(new Proportion(4, 4));
  }

  @Test
  void goesOnWithThePartsThatAreMissing() {
    Map<String, List<Transfer.Cell>> kept = new HashMap<>();
    int[] computed = {0};
    TransferMatrix.Parts parts =
        new TransferMatrix.Parts() {
          @Override
          public Optional<List<Transfer.Cell>> recall(int row, int first) {
            return Optional.ofNullable(kept.get(row + "-" + first));
          }

          @Override
          public void keep(int row, int first, List<Transfer.Cell> cells) {
            computed[0]++;
            kept.put(row + "-" + first, cells);
          }
        };
    Transfer transfer = transfer(List.of(Fit.DOWN_SIZE), BRIGHTER, LEANING);
    TransferMatrix whole = matrix(transfer, IMAGES, parts);
    assertThat(kept).containsOnlyKeys("0-0", "0-3", "1-0", "1-3");
    kept.remove("1-0");
    computed[0] = 0;
    assertThat(matrix(transfer, IMAGES, parts)).isEqualTo(whole);
    assertThat(computed[0]).isEqualTo(1);
  }

  @Test
  void cutsTheCentreOutOrScalesTheWhole() {
    Classifier small = SmallNetworks.randomLinear(4, 2, 1);
    Raster large = Raster.generate(1, 6, 6, (c, y, x) -> (6 * y + x) / 36.0);
    Raster cut = Fit.CENTRE_CROP.of(large, small.card());
    assertThat(cut).isEqualTo(Raster.generate(1, 4, 4, (c, y, x) -> large.at(0, y + 1, x + 1)));
    assertThat(Fit.DOWN_SIZE.of(large, small.card())).isEqualTo(RasterResize.stretch(large, 4, 4));
    Raster narrow = Raster.generate(1, 2, 3, (c, y, x) -> 0.5);
    assertThat(Fit.CENTRE_CROP.of(narrow, small.card()).toString()).isEqualTo("Raster(1, 4, 4)");
  }

  @Test
  void showsTheAttackedViewInBothFits() {
    Classifier large = SmallNetworks.randomLinear(6, 3, 2);
    Classifier small = SmallNetworks.randomLinear(4, 3, 3);
    Transfer transfer =
        new Transfer(
            List.of(large),
            List.of(small, large),
            List.of(Fit.DOWN_SIZE, Fit.CENTRE_CROP),
            new Fgsm(),
            Norm.LINF,
            List.of(0.3));
    List<Raster> views = List.of(Raster.generate(1, 6, 6, (c, y, x) -> 0.5 + (y - x) / 20.0));
    TransferMatrix matrix =
        matrix(transfer, ImageList.unlabelled(views), TransferMatrix.Parts.NONE);
    assertThat(matrix.columns())
        .extracting(TransferMatrix.Column::fit)
        .containsExactly(Fit.DOWN_SIZE, Fit.CENTRE_CROP, Fit.DOWN_SIZE, Fit.CENTRE_CROP);
    // At its own size a network sees the same image whatever the fit.
    assertThat(matrix.cells().get(0).get(2)).isEqualTo(matrix.cells().get(0).get(3));
    assertThat(matrix.rates().get(0).get(2)).isEqualTo(1);
  }

  @Test
  void refusesNetworksWithOtherClasses() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> transfer(List.of(Fit.DOWN_SIZE), BRIGHTER, SmallNetworks.randomLinear(2, 3, 0)))
        .withMessageContaining("do not have the same classes (2 and 3)");
  }
}
