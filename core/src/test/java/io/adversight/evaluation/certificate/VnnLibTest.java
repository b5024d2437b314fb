package io.adversight.evaluation.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.Adversight;
import io.adversight.data.AviarySet;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VnnLibTest {
  private static final Pattern BOUND =
      Pattern.compile("\\(assert \\((<=|>=) X_(\\d+) (-?[0-9.]+)\\)\\)");

  @Test
  void boundsTheNetworksOwnInputAndAsksForAnyOtherClass() {
    try (Scope scope = Scope.open()) {
      GraphClassifier network = (GraphClassifier) Adversight.open("aviary").classifier();
      Raster bird = new AviarySet("aviary", 0, 1, 96).image(0);
      Tensor pixels = Tensor.of(bird.toArray(), 1, 3, 96, 96);
      String text = VnnLib.robustness(network, pixels, 4, 0.01);
      double[] center = network.preprocess(pixels).reshape(-1).toDoubles();
      double[] low = new double[center.length];
      double[] high = new double[center.length];
      Matcher bounds = BOUND.matcher(text);
      while (bounds.find()) {
        int i = Integer.parseInt(bounds.group(2));
        (bounds.group(1).equals(">=") ? low : high)[i] = Double.parseDouble(bounds.group(3));
      }
      // Red: (x - 0.485) / 0.229, cut off at 0 and 1.
      for (int i = 0; i < 96 * 96; i++) {
        double x = center[i] * 0.229 + 0.485;
        assertThat(low[i]).isCloseTo((Math.max(0, x - 0.01) - 0.485) / 0.229, within(1e-5));
        assertThat(high[i]).isCloseTo((Math.min(1, x + 0.01) - 0.485) / 0.229, within(1e-5));
      }
      assertThat(text)
          .contains("(declare-const X_27647 Real)\n(declare-const Y_0 Real)")
          .contains("(declare-const Y_11 Real)\n")
          .doesNotContain("Y_12")
          .contains("(and (>= Y_11 Y_4))")
          .doesNotContain("(>= Y_4 Y_4)")
          .endsWith("))\n");
    }
  }
}
