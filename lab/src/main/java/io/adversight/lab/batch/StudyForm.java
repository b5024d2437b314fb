package io.adversight.lab.batch;

import io.adversight.attack.problem.Norm;
import io.adversight.input.Constants;
import io.adversight.input.InputException;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.Defenses;
import io.adversight.study.Algorithm;
import io.adversight.study.AttackSpec;
import io.adversight.study.AttackSpec.Option;
import io.adversight.study.ExplanationSpec;
import io.adversight.study.StudySpec;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A study as a user describes it.
 *
 * @param source which images
 * @param norm linf if null
 * @param epsilons of bounded attacks; none if null
 * @param target the class that attacks aim at; null for any wrong one
 * @param batch images computed together; 16 if null
 * @param defenses in front of the network, in the order in which an image passes them; null for
 *     none
 * @param labelSet the numbers of the independent labels that are decided on; null where classes
 *     exclude each other, or for those that the network has at first
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
    @Nullable Boolean smallest,
    @Nullable List<AlgorithmChoice> defenses,
    @Nullable List<Integer> labelSet) {
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
    defenses = defenses == null ? List.of() : List.copyOf(defenses);
    methods = methods == null ? List.of() : List.copyOf(methods);
    epsilons = epsilons == null ? List.of() : List.copyOf(epsilons);
    if (batch != null && (batch < 1 || batch > LARGEST_BATCH)) {
      throw new InputException(
          "batch must be in 1 to %s, but was %s".formatted(LARGEST_BATCH, batch));
    }
  }

  /**
   * The same as core has it.
   *
   * @param together the most images that can be computed together
   */
  StudySpec spec(int together) {
    String wanted = norm == null ? "linf" : norm;
    Set<Option> options = EnumSet.noneOf(Option.class);
    if (rounding == null || rounding) {
      options.add(Option.ROUNDING);
    }
    if (Boolean.TRUE.equals(quantize)) {
      options.add(Option.QUANTIZE);
    }
    if (Boolean.TRUE.equals(smallest)) {
      options.add(Option.SMALLEST);
    }
    return new StudySpec(
        new AttackSpec(
            algorithms(attacks),
            Constants.named(Norm.class, "the norm", wanted),
            epsilons == null ? List.of() : epsilons,
            target == null ? OptionalInt.empty() : OptionalInt.of(target),
            options),
        new ExplanationSpec(algorithms(methods), OptionalInt.empty()),
        seed == null ? 0 : seed,
        Math.min(together, batch == null ? BATCH : batch));
  }

  private static List<Algorithm> algorithms(@Nullable List<AlgorithmChoice> choices) {
    return choices == null ? List.of() : choices.stream().map(AlgorithmChoice::algorithm).toList();
  }

  /** Its title. */
  String title() {
    String title = ids(attacks) + " on " + model;
    return Defenses.chain(defenses).map(chain -> title + " behind " + chain).orElse(title);
  }

  private static String ids(List<AlgorithmChoice> choices) {
    return String.join(", ", choices.stream().map(AlgorithmChoice::id).toList());
  }
}
