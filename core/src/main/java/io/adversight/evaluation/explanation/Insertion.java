package io.adversight.evaluation.explanation;

import io.adversight.attribution.Baseline;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import java.util.List;

/**
 * The area under the insertion curve: the class's probability as pixels, the most important first,
 * come into an empty one (Petsiuk et al. 2018, section 4.1). A large area is good.
 *
 * @param pixelsPerStep pixels between two points; 0 for a hundredth
 * @param empty what is there where a pixel is not
 */
@Doc("Insertion")
@Paper("petsiuk2018")
public record Insertion(
    @Doc("pixels between two points; 0 for a hundredth of the image") int pixelsPerStep,
    @Doc("value of masked pixels") Baseline empty)
    implements Faithfulness {
  /** The paper's: into a blurred image. */
  public Insertion() {
    this(0, Baseline.BLUR);
  }

  /** Checks the step. */
  public Insertion {
    Check.atLeast(0, pixelsPerStep, "pixelsPerStep");
  }

  @Override
  public List<Finding> of(ExplainedBatch subject, Run run) {
    return new PixelCurve(PixelCurve.Direction.INSERTION, pixelsPerStep, empty).areas(subject, run);
  }

  @Override
  public boolean largeIsGood() {
    return true;
  }
}
