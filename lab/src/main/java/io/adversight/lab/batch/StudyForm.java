package io.adversight.lab.batch;

import io.adversight.attack.problem.Norm;
import io.adversight.input.Constants;
import io.adversight.input.InputException;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.study.Algorithm;
import io.adversight.study.StudySpec;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A study as a user describes it.
 *
 * @param source which images
 * @param norm linf if null
 * @param epsilons of bounded attacks; none if null
 * @param target the class that attacks aim at; null for any wrong one
 * @param batch images computed together; 16 if null
 */
public record StudyForm(
    String model,
    Source source,
    List<AlgorithmChoice> attacks,
    @Nullable String norm,
    @Nullable List<Double> epsilons,
    @Nullable Integer target,
    @Nullable List<AlgorithmChoice> methods,
    @Nullable Long seed,
    @Nullable Integer batch,
    @Nullable Boolean rounding,
    @Nullable Boolean quantize,
    @Nullable Boolean smallest) {
  private static final int BATCH = 16;
  private static final int LARGEST_BATCH = 256;
  private static final int ALGORITHMS_AT_MOST = 20;

  /**
   * Where images come from.
   *
   * @param kind samples, folder, images or dataset
   * @param group of samples; null for all
   * @param ids of images
   * @param name of a data set
   * @param limit the largest number; null for all
   */
  public record Source(
      String kind,
      @Nullable String group,
      @Nullable List<String> ids,
      @Nullable String name,
      @Nullable Integer limit) {}

  public StudyForm {
    if (model == null || source == null || source.kind() == null || attacks == null) {
      throw new InputException("a study needs a model, a source and attacks");
    }
    if (attacks.isEmpty() || attacks.size() > ALGORITHMS_AT_MOST) {
      throw new InputException("a study makes 1 to %s attacks".formatted(ALGORITHMS_AT_MOST));
    }
    methods = methods == null ? List.of() : List.copyOf(methods);
    epsilons = epsilons == null ? List.of() : List.copyOf(epsilons);
    if (batch != null && (batch < 1 || batch > LARGEST_BATCH)) {
      throw new InputException(
          "batch must be in 1 to %s, but was %s".formatted(LARGEST_BATCH, batch));
    }
  }

  /** The same as core has it. */
  StudySpec spec() {
    String wanted = norm == null ? "linf" : norm;
    return new StudySpec(
        algorithms(attacks),
        Constants.named(Norm.class, "the norm", wanted),
        epsilons == null ? List.of() : epsilons,
        target == null ? OptionalInt.empty() : OptionalInt.of(target),
        algorithms(methods),
        OptionalInt.empty(),
        seed == null ? 0 : seed,
        batch == null ? BATCH : batch,
        rounding == null || rounding,
        Boolean.TRUE.equals(quantize),
        Boolean.TRUE.equals(smallest),
        false);
  }

  private static List<Algorithm> algorithms(@Nullable List<AlgorithmChoice> choices) {
    return choices == null ? List.of() : choices.stream().map(AlgorithmChoice::algorithm).toList();
  }

  /** Its title. */
  String title() {
    return String.join(", ", attacks.stream().map(AlgorithmChoice::id).toList()) + " on " + model;
  }
}
