package io.adversight.study.evaluation;

import io.adversight.attack.Outcome;
import io.adversight.attack.corruption.CommonCorruption;
import io.adversight.data.DataSet;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.study.Algorithm;
import io.adversight.study.evaluation.AttackGroup.Role;
import io.adversight.study.image.LabelledImages;
import io.adversight.study.robustness.RobustnessStore;
import io.adversight.study.robustness.RobustnessStudy;
import io.adversight.study.robustness.RobustnessSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Evaluates the robustness of one network; what was finished before is not done again. */
public final class Evaluation {
  private final EvaluationSpec spec;
  private final Classifier network;
  private final DataSet images;
  private final AttackPlan plan;

  /**
   * An evaluation.
   *
   * @param images labelled
   * @param surrogates networks with the same classes and input size
   */
  public Evaluation(
      EvaluationSpec spec, Classifier network, DataSet images, List<Classifier> surrogates) {
    this.spec = spec;
    this.network = network;
    this.images = images;
    this.plan = AttackPlan.of(spec, network.card().input(), images.size(), surrogates);
    for (AttackGroup group : plan.groups()) {
      study(group); // checks the attacks before any work
    }
  }

  /** Hears how far an evaluation has come. */
  public interface Listener {
    /** {@code done} of {@code total} images are finished in the work called {@code what}. */
    void progress(String what, long done, long total);
  }

  private RobustnessStudy study(AttackGroup group) {
    return new RobustnessStudy(
        group.spec(), LabelledImages.of(network, images.take(group.images())), group.prepared());
  }

  /**
   * Does what is not finished.
   *
   * @throws java.util.concurrent.CancellationException when {@code cancel} is raised
   */
  public NetworkEvaluation run(Parts parts, Listener listener, AtomicBoolean cancel) {
    RobustnessStore store = parts.store();
    Map<Role, RobustnessSummary> summaries = new EnumMap<>(Role.class);
    for (AttackGroup group : plan.groups()) {
      study(group).run(store, new Progress(group.role(), listener), cancel);
      summaries.put(
          group.role(),
          RobustnessSummary.of(group.spec(), store, group.images(), group.prepared()));
    }
    GroupResults groups = new GroupResults(summaries);
    List<Integer> right = right(store);
    LabelledImages labelled = LabelledImages.of(network, images);
    List<Double> growing = AttackPlan.growing(spec, network.card().input());
    listener.progress("checks", 0, 1);
    Probe probe =
        parts.part("probe", Probe.class, () -> Probe.of(spec, labelled, right, growing, cancel));
    WorstCase worst = WorstCase.of(plan, spec, store, images.size());
    List<CorruptionAccuracy> corruptions = corruptions(parts, labelled, listener, cancel);
    ExplanationShift explanations = explanations(parts, labelled, right, listener, cancel);
    List<DistanceBounds> bounds = bounds(parts, labelled, right, listener, cancel);
    return new NetworkEvaluation(
        network.card(),
        plan,
        groups,
        worst,
        converging(store),
        probe,
        corruptions,
        explanations,
        bounds,
        Checks.of(spec, worst, probe, groups, bounds));
  }

  private List<CorruptionAccuracy> corruptions(
      Parts parts, LabelledImages labelled, Listener listener, AtomicBoolean cancel) {
    List<CorruptionAccuracy> all = new ArrayList<>();
    CommonCorruption.Type[] types = CommonCorruption.Type.values();
    for (CommonCorruption.Type type : types) {
      listener.progress("corruptions", all.size(), types.length);
      all.add(
          parts.part(
              "corruption-" + type.name().toLowerCase(Locale.ROOT).replace('_', '-'),
              CorruptionAccuracy.class,
              () -> CorruptionAccuracy.of(type, spec, labelled, cancel)));
    }
    return all;
  }

  private ExplanationShift explanations(
      Parts parts,
      LabelledImages labelled,
      List<Integer> right,
      Listener listener,
      AtomicBoolean cancel) {
    listener.progress("explanations", 0, 1);
    return parts.part(
        "explanations",
        ExplanationShift.class,
        () -> ExplanationShift.of(spec, labelled, images, right, cancel));
  }

  private List<DistanceBounds> bounds(
      Parts parts,
      LabelledImages labelled,
      List<Integer> right,
      Listener listener,
      AtomicBoolean cancel) {
    List<DistanceBounds> all = new ArrayList<>();
    int count = Math.min(spec.budget().subsets().certified(), right.size());
    double largest = Collections.max(AttackPlan.growing(spec, network.card().input()));
    for (int image : right.subList(0, count)) {
      listener.progress("bounds", all.size(), count);
      all.add(
          parts.part(
              "bounds-" + image,
              DistanceBounds.class,
              () -> DistanceBounds.of(spec, labelled, image, largest, cancel)));
    }
    return all;
  }

  private List<Integer> right(RobustnessStore store) {
    List<Integer> right =
        store.clean().stream()
            .filter(clean -> clean.image() < images.size())
            .filter(clean -> clean.predicted() == clean.label())
            .map(RobustnessStore.Clean::image)
            .toList();
    if (right.isEmpty()) {
      throw new InputException(
          "%s classifies none of the %s images of %s right, so there is nothing to attack"
              .formatted(network.card().nameInResults(), images.size(), images.name()));
    }
    return right;
  }

  /** When PGD and Auto-PGD succeeded, with their usual and with twice the budget. */
  private List<Convergence> converging(RobustnessStore store) {
    List<Convergence> all = new ArrayList<>();
    for (AttackGroup group : plan.groups()) {
      for (Algorithm attack : group.spec().attacks()) {
        boolean white = group.role() == Role.WHITE_BOX || group.role() == Role.CONVERGENCE;
        if (white && List.of("pgd", "apgd").contains(attack.id())) {
          List<Outcome> outcomes = store.outcomes(attack);
          all.add(Convergence.of(attack, spec.epsilon(), outcomes, images.size()));
        }
      }
    }
    return all;
  }

  /** Tells of the attacks of one group. */
  private record Progress(Role role, Listener listener) implements RobustnessStudy.Listener {
    @Override
    public void progress(Algorithm attack, long done, long total) {
      listener.progress("%s, %s".formatted(role.words(), attack.id()), done, total);
    }

    @Override
    public void finished(Algorithm attack) {}
  }
}
