package io.adversight.evaluation.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.universal.UniversalAdversarial;
import io.adversight.attack.universal.UniversalPerturbation;
import io.adversight.data.DataSet;
import io.adversight.data.ImageList;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoolingMatrixTest {
  /** Three classes: the brightest of the three pixels. */
  private static final Classifier BRIGHTEST =
      SmallNetworks.linear(1, 3, new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 0, 0, 0);

  private static Raster pixels(double a, double b, double c) {
    return Raster.map(1, 3, new float[] {(float) a, (float) b, (float) c});
  }

  @Test
  void countsWhereTheImagesOfEachClassGo() {
    DataSet images =
        ImageList.unlabelled(
            List.of(
                pixels(0.5, 0.4, 0.1),
                pixels(0.9, 0.4, 0.1),
                pixels(0.1, 0.5, 0.2),
                pixels(0.1, 0.2, 0.3)));
    UniversalPerturbation change = new UniversalPerturbation(pixels(0, 0.2, 0));
    FoolingMatrix matrix = FoolingMatrix.of(BRIGHTEST, images, change, new Rng(0), Run.of(1));
    assertThat(matrix.counts())
        .containsExactly(List.of(1, 1, 0), List.of(0, 1, 0), List.of(0, 1, 0));
    assertThat(matrix.images()).isEqualTo(4);
    assertThat(matrix.rate()).isCloseTo(0.5, within(1e-12));
    assertThat(matrix.rate(0)).isCloseTo(0.5, within(1e-12));
    assertThat(matrix.rate(2)).isCloseTo(1, within(1e-12));
    assertThat(matrix.dominant(3)).containsExactly(1);
  }

  @Test
  void theCurveHasAPointForEachNumberOfImages() {
    List<Raster> all = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      float[] values = new Rng(i).uniform(3, 0.2, 0.8);
      all.add(pixels(values[0], values[1], values[2]));
    }
    FoolingCurve curve =
        FoolingCurve.of(
            new UniversalAdversarial(),
            BRIGHTEST,
            ImageList.unlabelled(all.subList(0, 12)),
            ImageList.unlabelled(all.subList(12, 24)),
            List.of(1, 4, 12),
            new Ball(Norm.LINF, 0.3),
            Run.of(1));
    assertThat(curve.points()).extracting(FoolingCurve.Point::images).containsExactly(1, 4, 12);
    assertThat(curve.points().get(0).seen()).isEqualTo(1);
    assertThat(curve.points().get(2).unseen()).isGreaterThan(0.3);
  }
}
