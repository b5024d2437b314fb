package io.adversight.study.robustness;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.Outcome;
import io.adversight.attack.StagedAttack;
import io.adversight.attack.problem.Problem;
import io.adversight.catalog.Kind;
import io.adversight.input.InputException;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.image.LabelledImages;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Measures how robust a network is: every attack on every image that is classified right, in
 * batches, each kept as soon as it is done.
 */
public final class RobustnessStudy {
  static final Kind[] ATTACKS = {Kind.BOUNDED_ATTACK, Kind.MINIMAL_ATTACK, Kind.TRANSFORM_ATTACK};

  private final RobustnessSpec spec;
  private final LabelledImages images;
  private final Map<Algorithm, Attack> attacks = new LinkedHashMap<>();

  /**
   * A measurement.
   *
   * @throws java.util.NoSuchElementException for an unknown attack
   * @throws IllegalArgumentException if an attack does not know the norm, or needs an epsilon and
   *     there is none
   */
  public RobustnessStudy(RobustnessSpec spec, LabelledImages images) {
    this(spec, images, Map.of());
  }

  /**
   * A measurement some of whose attacks are not in the catalogue, such as those on a surrogate.
   *
   * @param prepared such attacks, by the names that the specification has for them
   * @throws java.util.NoSuchElementException for an unknown attack
   * @throws IllegalArgumentException if an attack does not know the norm, or needs an epsilon and
   *     there is none
   */
  public RobustnessStudy(
      RobustnessSpec spec, LabelledImages images, Map<Algorithm, Attack> prepared) {
    this.spec = spec;
    this.images = images;
    for (Algorithm algorithm : spec.attacks()) {
      Attack attack = prepared.get(algorithm);
      if (attack == null) {
        attack = algorithm.attack(spec.norm(), images.classifier().card().classes(), false);
      }
      checkEpsilon(algorithm, attack);
      attacks.put(algorithm, attack);
    }
  }

  private void checkEpsilon(Algorithm algorithm, Attack attack) {
    if (attack instanceof BoundedAttack && spec.epsilons().isEmpty()) {
      throw new InputException(algorithm.id() + " needs an epsilon, such as 8/255");
    }
  }

  /** Hears how far a measurement has come. */
  public interface Listener {
    /** {@code done} of {@code total} attacked images are finished; now it is {@code attack}. */
    void progress(Algorithm attack, long done, long total);

    /** One attack is finished. */
    void finished(Algorithm attack);
  }

  /**
   * Measures what {@code store} does not yet have.
   *
   * @throws java.util.concurrent.CancellationException when {@code cancel} is raised
   */
  public void run(RobustnessStore store, Listener listener, AtomicBoolean cancel) {
    classify(store, cancel);
    int[] right =
        store.clean().stream()
            .filter(c -> c.image() < images.size() && c.predicted() == c.label())
            .mapToInt(RobustnessStore.Clean::image)
            .toArray();
    long total = (long) right.length * attacks.size();
    long before = 0;
    for (Map.Entry<Algorithm, Attack> entry : attacks.entrySet()) {
      Algorithm algorithm = entry.getKey();
      Map<List<Double>, List<Integer>> open =
          open(entry.getValue(), right, store.outcomes(algorithm));
      long left = open.values().stream().mapToLong(List::size).sum();
      long done = before + right.length - left;
      listener.progress(algorithm, done, total);
      for (Map.Entry<List<Double>, List<Integer>> group : open.entrySet()) {
        List<Integer> indices = group.getValue();
        for (int start = 0; start < indices.size(); start += spec.batch()) {
          int[] batch =
              indices.subList(start, Math.min(indices.size(), start + spec.batch())).stream()
                  .mapToInt(i -> i)
                  .toArray();
          attack(algorithm, entry.getValue(), batch, group.getKey(), store, cancel);
          done += batch.length;
          listener.progress(algorithm, done, total);
        }
      }
      before += right.length;
      listener.finished(algorithm);
    }
  }

  /** Classifies the images that have not been classified yet. */
  private void classify(RobustnessStore store, AtomicBoolean cancel) {
    Set<Integer> known = new HashSet<>();
    store.clean().forEach(clean -> known.add(clean.image()));
    int[] open = IntStream.range(0, images.size()).filter(i -> !known.contains(i)).toArray();
    for (int start = 0; start < open.length; start += spec.batch()) {
      Run.of(0).with(cancel).checkCancelled();
      int[] batch = Arrays.copyOfRange(open, start, Math.min(open.length, start + spec.batch()));
      List<Integer> predicted = images.predicted(images.classifier(), batch);
      List<RobustnessStore.Clean> rows = new ArrayList<>();
      for (int i = 0; i < batch.length; i++) {
        rows.add(
            new RobustnessStore.Clean(
                batch[i],
                images.imageName(batch[i]),
                images.sha256(batch[i]),
                images.label(batch[i]),
                predicted.get(i)));
      }
      store.addClean(rows);
    }
  }

  /** The images that an attack has still to do, by the epsilons that they lack. */
  private Map<List<Double>, List<Integer>> open(Attack attack, int[] right, List<Outcome> known) {
    List<Double> wanted = attack instanceof BoundedAttack ? spec.epsilons() : List.of(Double.NaN);
    Map<Integer, Set<Double>> done = new HashMap<>();
    known.forEach(o -> done.computeIfAbsent(o.image(), i -> new HashSet<>()).add(o.epsilon()));
    Map<List<Double>, List<Integer>> open = new LinkedHashMap<>();
    for (int image : right) {
      Set<Double> had = done.getOrDefault(image, Set.of());
      List<Double> lacking = wanted.stream().filter(epsilon -> !had.contains(epsilon)).toList();
      if (!lacking.isEmpty()) {
        open.computeIfAbsent(lacking, key -> new ArrayList<>()).add(image);
      }
    }
    return open;
  }

  private void attack(
      Algorithm algorithm,
      Attack attack,
      int[] indices,
      List<Double> epsilons,
      RobustnessStore store,
      AtomicBoolean cancel) {
    StageMemory memory = new StageMemory(algorithm, indices, store);
    try (Scope scope = Scope.open()) {
      Tensor pixels = images.batch(indices);
      Problem problem = Problem.of(images.classifier(), pixels, images.labels(indices));
      problem = spec.has(RobustnessSpec.Option.EARLY_STOP) ? problem.withEarlyStopping() : problem;
      Run run = Run.of(new Rng(spec.seed()), pixels).with(cancel);
      List<Adversarial> results = run(attack, memory, problem, epsilons, run);
      List<Outcome> outcomes = results.stream().map(Outcome::of).map(memory::numbered).toList();
      store.addOutcomes(algorithm, outcomes);
    }
  }

  private List<Adversarial> run(
      Attack attack, StageMemory memory, Problem problem, List<Double> epsilons, Run run) {
    Attacks.Settings settings =
        Attacks.Settings.of(
                spec.has(RobustnessSpec.Option.ROUNDING)
                    ? Attacks.Rounding.CHECK
                    : Attacks.Rounding.SKIP)
            .explained();
    Attack kept = attack instanceof StagedAttack staged ? staged.remembering(memory) : attack;
    return Attacks.runAny(kept, problem, spec.norm(), epsilons, settings, run);
  }
}
