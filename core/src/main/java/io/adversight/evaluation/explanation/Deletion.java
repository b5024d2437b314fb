package io.adversight.evaluation.explanation;

import io.adversight.attribution.Baseline;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import java.util.List;

/**
 * The area under the deletion curve: the class's probability as pixels, the most important first,
 * go from the image (Petsiuk et al. 2018, section 4.1). A small area is good.
 *
 * @param pixelsPerStep pixels between two points; 0 for a hundredth
 * @param empty what is there where a pixel is not
 */
@Doc("Deletion")
@Paper("petsiuk2018")
public record Deletion(
    @Doc("pixels between two points; 0 for a hundredth of the image") int pixelsPerStep,
    @Doc("value of masked pixels") Baseline empty)
    implements Faithfulness {
  /** The paper's: to black. */
  public Deletion() {
    this(0, Baseline.ZERO);
  }

  /** Checks the step. */
  public Deletion {
    Check.atLeast(0, pixelsPerStep, "pixelsPerStep");
  }

  @Override
  public List<Finding> of(ExplainedBatch subject, Run run) {
    return new PixelCurve(PixelCurve.Direction.DELETION, pixelsPerStep, empty).areas(subject, run);
  }

  @Override
  public boolean largeIsGood() {
    return false;
  }
}
