package io.adversight.evaluation.detection;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several scores as one: the mean of their distances from the clean mean, in clean standard
 * deviations. Made from clean images; needs no attack.
 *
 * @param parts the scores and how clean images score
 */
public record StandardizedSum(List<Part> parts) implements DetectionScore {
  /**
   * A score and what clean images have.
   *
   * @param spread the standard deviation; 0 where all are alike
   */
  public record Part(DetectionScore score, double mean, double spread) {}

  /** Copies the parts. */
  public StandardizedSum {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a sum of scores needs at least one");
    }
  }

  /** The sum of scores, learned from clean images. */
  public static StandardizedSum learn(List<DetectionScore> scores, ImageSet clean) {
    return new StandardizedSum(
        scores.stream()
            .map(
                score -> {
                  List<Double> values = clean.scores(score);
                  double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
                  double square =
                      values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElse(0);
                  return new Part(score, mean, Math.sqrt(square));
                })
            .toList());
  }

  @Override
  public List<Double> scores(DetectorInputs suspects, Run run) {
    double[] sums = new double[(int) suspects.pixels().size(0)];
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      List<Double> values = part.score().scores(suspects, run);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (values.get(i) - part.mean()) / (part.spread() == 0 ? 1 : part.spread());
      }
    }
    List<Double> means = new ArrayList<>();
    for (double sum : sums) {
      means.add(sum / parts.size());
    }
    return means;
  }

  @Override
  public Optional<SurrogateScore> standIn() {
    if (parts.stream().allMatch(part -> part.score().standIn().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        (suspects, turn, run) -> {
          Tensor sum = Tensor.zeros(suspects.pixels().size(0)).like(suspects.pixels());
          for (Part part : parts) {
            Optional<SurrogateScore> standIn = part.score().standIn();
            if (standIn.isPresent()) {
              Tensor values = standIn.get().values(suspects, turn, run);
              sum = sum.add(values.div(part.spread() == 0 ? 1 : part.spread()));
            }
          }
          return sum.div(parts.size());
        });
  }
}
