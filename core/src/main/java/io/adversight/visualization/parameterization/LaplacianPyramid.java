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
    @Doc("levels of the pyramid") int levels,
    @Doc("standard deviation of their first values") double noise,
    @Doc("decorrelated colours") boolean decorrelated)
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
  public Tensor start(ImageBatch batch, Run run) {
    int numbers = 0;
    for (int level = 0; level < levels && isThere(batch, level); level++) {
      numbers += batch.channels() * rows(batch, level) * columns(batch, level);
    }
    Tensor like = Tensor.zeros(batch.count(), numbers).to(batch.classifier().device());
    return run.normal(like, 0).mul(noise);
  }

  @Override
  public UnaryOperator<Tensor> images(ImageBatch batch) {
    return parameters -> image(parameters, batch);
  }

  private Tensor image(Tensor parameters, ImageBatch batch) {
    long images = parameters.size(0);
    long from = 0;
    Tensor sum = parameters;
    for (int level = 0; level < levels && isThere(batch, level); level++) {
      int rows = rows(batch, level);
      int columns = columns(batch, level);
      long numbers = (long) batch.channels() * rows * columns;
      Tensor part =
          parameters.narrow(1, from, numbers).reshape(images, batch.channels(), rows, columns);
      sum = level == 0 ? part : sum.add(enlarged(part, batch));
      from += numbers;
    }
    Tensor coloured = decorrelated ? DecorrelatedColors.correlated(sum) : sum;
    return coloured.sigmoid();
  }

  private static Tensor enlarged(Tensor part, ImageBatch batch) {
    return Kernels.bilinear(part, batch.height(), batch.width(), false);
  }

  private static boolean isThere(ImageBatch batch, int level) {
    return level == 0 || Math.min(rows(batch, level), columns(batch, level)) >= 2;
  }

  private static int rows(ImageBatch batch, int level) {
    return Math.max(1, batch.height() >> level);
  }

  private static int columns(ImageBatch batch, int level) {
    return Math.max(1, batch.width() >> level);
  }
}
