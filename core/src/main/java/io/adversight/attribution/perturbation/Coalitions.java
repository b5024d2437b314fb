package io.adversight.attribution.perturbation;

import io.adversight.attribution.Variants;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Which superpixels are shown in each of a number of samples of one image.
 *
 * @param shown one row per sample, one number (0 or 1) per superpixel
 */
record Coalitions(List<List<Integer>> shown) {
  Coalitions {
    shown = List.copyOf(shown);
  }

  /** The matrix of samples and superpixels. */
  double[][] matrix() {
    return shown.stream()
        .map(row -> row.stream().mapToDouble(Integer::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  /** The objective's values for every image's samples, one row per image; all have equally many. */
  static double[][] evaluate(
      List<Coalitions> images, Superpixels superpixels, Variants variants, Run run) {
    int count = images.size();
    int samples = images.get(0).shown().size();
    int most = superpixels.most();
    IntFunction<Tensor> variant =
        s -> {
          float[] shown = new float[count * most];
          for (int i = 0; i < count; i++) {
            List<Integer> row = images.get(i).shown().get(s);
            for (int j = 0; j < row.size(); j++) {
              shown[i * most + j] = row.get(j);
            }
          }
          return superpixels.show(shown);
        };
    run.checkCancelled();
    double[] flat = variants.values(samples, variant).toDoubles();
    double[][] values = new double[count][samples];
    for (int s = 0; s < samples; s++) {
      for (int i = 0; i < count; i++) {
        values[i][s] = flat[s * count + i];
      }
    }
    return values;
  }

  /** Coefficients per superpixel, one list per image, painted on the pixels. */
  static Tensor paint(List<double[]> coefficients, Superpixels superpixels) {
    int most = superpixels.most();
    float[] values = new float[coefficients.size() * most];
    for (int i = 0; i < coefficients.size(); i++) {
      double[] own = coefficients.get(i);
      for (int j = 0; j < own.length; j++) {
        values[i * most + j] = (float) own[j];
      }
    }
    return superpixels.paint(values);
  }

  /** A row of equal numbers. */
  static List<Integer> row(int length, int value) {
    List<Integer> row = new ArrayList<>(length);
    for (int j = 0; j < length; j++) {
      row.add(value);
    }
    return row;
  }
}
