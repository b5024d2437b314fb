package io.adversight.evaluation.explanation;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import java.util.List;

/**
 * Average drop: how much of its confidence the network loses when it sees only what the map marks,
 * max(0, Y - O) / Y (Chattopadhay et al. 2018, section 4.1). Small is good.
 */
@Doc("Average drop in confidence")
@Paper("chattopadhay2018")
public record AverageDrop() implements Faithfulness {
  @Override
  public List<Finding> of(ExplainedBatch subject, Run run) {
    return ConfidenceChange.confidences(
            subject.classifier(), subject.pixels(), subject.maps(), subject.probability(), run)
        .stream()
        .map(confidence -> Finding.of(confidence.drop()))
        .toList();
  }

  @Override
  public boolean largeIsGood() {
    return false;
  }
}
