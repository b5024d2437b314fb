package io.adversight.visualization.parameterization;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * A sum of images, each half as large as the one before and enlarged, so that large shapes move as
 * fast as details (Burt and Adelson 1983, equation 3, as a sum); then independent colours, then the
 * logistic function.
 *
 * @param levels how many images are added, fewer where they would have less than 2 pixels
 * @param noise standard deviation of their first values
 * @param decorrelated whether the three numbers of a pixel are independent in photos
 */
@Doc("Laplacian pyramid")
@Paper("burt1983")
public record LaplacianPyramid(
    @Doc("how many images are added") int levels,
    @Doc("standard deviation of their first values") double noise,
    @Doc("whether colours are independent in photos") boolean decorrelated)
    implements Parameterization {
  /** Six levels, noise of 0.1, independent colours. */
  public LaplacianPyramid() {
    this(6, 0.1, true);
  }

  public LaplacianPyramid {
    Check.within(1, 12, levels, "levels");
    Check.atLeast(0.0, noise, "noise");
  }

  @Override
  public Tensor start(Canvas canvas, Run run) {
    int numbers = 0;
    for (int level = 0; level < levels && isThere(canvas, level); level++) {
      numbers += canvas.channels() * rows(canvas, level) * columns(canvas, level);
    }
    Tensor like = Tensor.zeros(canvas.count(), numbers).to(canvas.classifier().device());
    return run.normal(like, 0).mul(noise);
  }

  @Override
  public UnaryOperator<Tensor> images(Canvas canvas) {
    return parameters -> image(parameters, canvas);
  }

  private Tensor image(Tensor parameters, Canvas canvas) {
    long images = parameters.size(0);
    long from = 0;
    Tensor sum = parameters;
    for (int level = 0; level < levels && isThere(canvas, level); level++) {
      int rows = rows(canvas, level);
      int columns = columns(canvas, level);
      long numbers = (long) canvas.channels() * rows * columns;
      Tensor part =
          parameters.narrow(1, from, numbers).reshape(images, canvas.channels(), rows, columns);
      sum = level == 0 ? part : sum.add(enlarged(part, canvas));
      from += numbers;
    }
    Tensor coloured = decorrelated ? DecorrelatedColors.correlated(sum) : sum;
    return coloured.sigmoid();
  }

  private static Tensor enlarged(Tensor part, Canvas canvas) {
    return Kernels.bilinear(part, canvas.height(), canvas.width(), false);
  }

  private static boolean isThere(Canvas canvas, int level) {
    return level == 0 || Math.min(rows(canvas, level), columns(canvas, level)) >= 2;
  }

  private static int rows(Canvas canvas, int level) {
    return Math.max(1, canvas.height() >> level);
  }

  private static int columns(Canvas canvas, int level) {
    return Math.max(1, canvas.width() >> level);
  }
}
