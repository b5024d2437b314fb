package io.adversight.attribution;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attribution.cam.AblationCam;
import io.adversight.attribution.cam.EigenCam;
import io.adversight.attribution.cam.ScoreCam;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.FrameListener;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Score-CAM, Ablation-CAM and Eigen-CAM against reference values. */
class ChannelWeightTest {
  private static final Objective LOGIT_3 = Objective.Logit.of(3);

  private static double[] formula(Attribution method) {
    try (Scope scope = Scope.open()) {
      Trace trace = Networks.formula().trace(Networks.formulaInput());
      return method.attribute(trace, LOGIT_3, Run.of(1)).toDoubles();
    }
  }

  @ParameterizedTest
  @EnumSource
  void scoreCamIsThatOfEachImplementation(ScoreCam.Formula formula) { // case N16
    double[] expected =
        switch (formula) {
          case ALIGNED_CORNERS -> Reference.SCORE_ALIGNED.numbers();
          case SCALED_FIRST -> Reference.SCORE_SCALED_FIRST.numbers();
          case AUTHORS -> Reference.SCORE_AUTHORS.numbers();
          case PAPER -> weighted(softmax(0.7049988453, -0.0278449749, 0.19829485));
        };
    assertClose(formula(new ScoreCam("relu2", formula, 0)), expected, 1e-5);
  }

  private static double[] softmax(double... logits) {
    double[] weights = java.util.Arrays.stream(logits).map(Math::exp).toArray();
    double sum = java.util.Arrays.stream(weights).sum();
    return java.util.Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  private static double[] weighted(double[] weights) {
    double[] relu2 = Reference.RELU2.numbers();
    double[] map = new double[9];
    for (int i = 0; i < 27; i++) {
      map[i % 9] += weights[i / 9] * relu2[i];
    }
    return map;
  }

  @Test
  void scoreCamOfOneChannelIsThatChannel() {
    // The third channel varies most.
    double[] found = formula(new ScoreCam("relu2", ScoreCam.Formula.PAPER, 1));
    assertClose(found, weighted(new double[] {0, 0, 1}), 1e-5);
  }

  @Test
  void scoreCamSkipsConstantChannelsAndIsEmptyWithoutOthers() {
    try (Scope scope = Scope.open()) {
      Trace trace = Networks.formula().trace(Tensor.zeros(1, 1, 8, 8));
      Run run = Run.of(1);
      // A black image leaves the first ReLU constant in each channel but for the border.
      Tensor found =
          new ScoreCam("relu", ScoreCam.Formula.PAPER, 0)
              .attribute(
                  Networks.twoBranchesOfMaps().trace(Tensor.zeros(1, 1, 2, 3)),
                  Objective.Logit.of(0),
                  run);
      assertThat(found.toDoubles()).containsExactly(0, 0);
      assertThat(run.counter(0).forwards()).isZero();
      Tensor black =
          new ScoreCam("relu1", ScoreCam.Formula.PAPER, 0).attribute(trace, LOGIT_3, run);
      assertThat(black.toDoubles()).containsOnly(0);
    }
  }

  @Test
  void scoreCamShowsTheMapSoFar() {
    List<double[]> seen = new ArrayList<>();
    FrameListener listener = (map, values) -> seen.add(map.toDoubles());
    try (Scope scope = Scope.open()) {
      Trace trace = Networks.formula().trace(Networks.formulaInput());
      Tensor found = new ScoreCam().attribute(trace, LOGIT_3, Run.of(1).with(listener));
      assertThat(seen.get(seen.size() - 1)).containsExactly(found.toDoubles());
    }
  }

  @Test
  void ablationCamIsThatOfTheReference() { // case N21
    assertClose(formula(new AblationCam("relu2")), Reference.ABLATION_CAM.numbers(), 1e-5);
  }

  @Test
  void ablationCamRunsPathsAroundTheLayerToo() {
    // logit 0 = sum over both branches - 1; without one channel of one branch it falls by its
    // value.
    try (Scope scope = Scope.open()) {
      Classifier classifier = Networks.twoBranchesOfMaps();
      Trace trace = classifier.trace(Tensor.of(new float[] {0, 6, 0, 0, 0, 0}, 1, 1, 2, 3));
      Tensor found = new AblationCam("relu").attribute(trace, Objective.Logit.of(0), Run.of(1));
      // Channels (0, 0), (7, 1), (7, 1), (7, 1); the score is 2 * 24 - 1 = 47.
      assertClose(found.toDoubles(), new double[] {3 * 8 * 7 / 47.0, 3 * 8 * 1 / 47.0}, 1e-6);
    }
  }

  @Test
  void eigenCamIsThatOfTheReference() { // case N22
    assertClose(formula(new EigenCam("relu2")), Reference.EIGEN_CAM.numbers(), 1e-5);
  }

  @Test
  void eigenCamIsTheSameThroughEitherGramMatrix() {
    // pool1 has fewer channels (2) than positions (16): its projection solves the eigenproblem.
    try (Scope scope = Scope.open()) {
      Trace trace = Networks.formula().trace(Networks.formulaInput());
      double[] a = trace.activation("pool1").toDoubles();
      double[] p = new EigenCam("pool1").attribute(trace, LOGIT_3, Run.of(1)).toDoubles();
      double[][] centred = new double[2][16];
      for (int c = 0; c < 2; c++) {
        double mean = 0;
        for (int i = 0; i < 16; i++) {
          mean += a[16 * c + i] / 16;
        }
        for (int i = 0; i < 16; i++) {
          centred[c][i] = a[16 * c + i] - mean;
        }
      }
      // X X' p must be |p|^2 p, where |p|^2 is the largest eigenvalue of the 2 x 2 Gram matrix.
      double square = 0;
      double[] dots = new double[2];
      for (int i = 0; i < 16; i++) {
        square += p[i] * p[i];
        dots[0] += centred[0][i] * p[i];
        dots[1] += centred[1][i] * p[i];
      }
      double[] applied = new double[16];
      double[] expected = new double[16];
      for (int i = 0; i < 16; i++) {
        applied[i] = centred[0][i] * dots[0] + centred[1][i] * dots[1];
        expected[i] = square * p[i];
      }
      assertClose(applied, expected, 1e-5);
      assertThat(square).isGreaterThan(0.1);
    }
  }
}
