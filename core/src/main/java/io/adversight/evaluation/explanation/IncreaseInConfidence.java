package io.adversight.evaluation.explanation;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import java.util.List;

/**
 * Increase in confidence: 1 where the network is surer when it sees only what the map marks, else 0
 * (Chattopadhay et al. 2018, section 4.1). A large share of ones is good.
 */
@Doc("Increase in confidence")
@Paper("chattopadhay2018")
public record IncreaseInConfidence() implements Faithfulness {
  @Override
  public List<Finding> of(ExplainedBatch subject, Run run) {
    return ConfidenceChange.confidences(
            subject.classifier(), subject.pixels(), subject.maps(), subject.probability(), run)
        .stream()
        .map(confidence -> Finding.of(confidence.after() > confidence.before() ? 1 : 0))
        .toList();
  }

  @Override
  public boolean largeIsGood() {
    return true;
  }
}
