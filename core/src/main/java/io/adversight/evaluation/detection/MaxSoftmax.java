package io.adversight.evaluation.detection;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One minus the largest probability: the baseline (Hendrycks and Gimpel 2017, section 2). */
@Doc("Maximum softmax probability")
@Paper("hendrycks2017")
public record MaxSoftmax() implements DetectionScore {
  @Override
  public List<Double> scores(DetectorInputs suspects, Run run) {
    run.countForward();
    try (Scope scope = Scope.open()) {
      return Arrays.stream(
              suspects.classifier().logits(suspects.pixels()).softmax(1).max(1).toDoubles())
          .map(p -> 1 - p)
          .boxed()
          .toList();
    }
  }

  @Override
  public Optional<SurrogateScore> standIn() {
    return Optional.of(
        (suspects, turn, run) -> {
          run.countForward();
          Tensor logits = suspects.classifier().logits(suspects.pixels());
          return logits.softmax(1).max(1).reshape(logits.size(0)).neg().add(1);
        });
  }
}
