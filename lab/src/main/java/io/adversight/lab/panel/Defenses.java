package io.adversight.lab.panel;

import io.adversight.catalog.Kind;
import io.adversight.defense.Defense;
import io.adversight.defense.DefenseChain;
import io.adversight.input.InputException;
import io.adversight.lab.store.Cache;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Networks behind the defences that users choose, within the work that a server does for them. */
public final class Defenses {
  private static final int DEFENSES_AT_MOST = 4;
  private static final int KEPT = 32;
  private static final int LARGEST_SIDE_OF_ALL_DRAWS = 64;

  /** Draws of an expectation at inputs with a longer side. */
  private static final int FEW_DRAWS = 4;

  /** Steps of all optimizations that one pass goes through. */
  private static final int STEPS_AT_MOST = 100;

  /**
   * Values of all steps and draws that a gradient through an optimization holds; about 80 bytes
   * each.
   */
  private static final long VALUES_AT_MOST = 20_000_000;

  private final Cache<Key, GraphClassifier> behind =
      new Cache<>(KEPT, Duration.ofMinutes(30), classifier -> 1);

  private record Key(GraphClassifier network, List<AlgorithmChoice> choices) {}

  /**
   * The defences of a state, in the order in which an image passes them; empty for none.
   *
   * @throws java.util.NoSuchElementException for an unknown defence or parameter
   * @throws InputException for more than 4 or a parameter out of range
   */
  public static Optional<DefenseChain> chain(@Nullable List<AlgorithmChoice> choices) {
    if (choices == null || choices.isEmpty()) {
      return Optional.empty();
    }
    if (choices.size() > DEFENSES_AT_MOST) {
      throw new InputException(
          "at most %s defences stand in front of a network here, but %s were given"
              .formatted(DEFENSES_AT_MOST, choices.size()));
    }
    return Optional.of(
        new DefenseChain(
            choices.stream()
                .map(
                    choice ->
                        new DefenseChain.Part(
                            choice.id(),
                            choice.algorithm().toString(),
                            choice.create(Defense.class, Kind.DEFENSE)))
                .toList()));
  }

  /** The network behind the chosen defences; itself without any. The same choice, the same one. */
  public GraphClassifier before(GraphClassifier network, @Nullable List<AlgorithmChoice> choices) {
    return choices == null || choices.isEmpty()
        ? network
        : behind.get(new Key(network, List.copyOf(choices)), () -> made(network, choices));
  }

  private static GraphClassifier made(GraphClassifier network, List<AlgorithmChoice> choices) {
    DefenseChain chain = chain(choices).orElseThrow();
    Input input = network.card().input();
    long steps = steps(chain);
    long most = Math.min(STEPS_AT_MOST, VALUES_AT_MOST / valuesOfAStep(network));
    if (steps > most) {
      throw new InputException(
          "%s optimization steps of a defence are too many at %s x %s pixels; at most %s"
              .formatted(steps, input.height(), input.width(), most));
    }
    return chain.before(network, draws(network));
  }

  private static long steps(DefenseChain chain) {
    return chain.parts().stream().mapToLong(part -> part.defense().optimizationSteps()).sum();
  }

  /** The values of all draws of one step. */
  private static long valuesOfAStep(GraphClassifier network) {
    Input input = network.card().input();
    return (long) input.channels() * input.height() * input.width() * draws(network);
  }

  /** The most images whose gradients can pass the chosen defences together; at least 1. */
  public static int imagesTogether(
      GraphClassifier network, @Nullable List<AlgorithmChoice> choices) {
    long steps = chain(choices).map(Defenses::steps).orElse(0L);
    return steps == 0
        ? Integer.MAX_VALUE
        : Math.toIntExact(Math.max(1, VALUES_AT_MOST / (valuesOfAStep(network) * steps)));
  }

  /** Draws of the expectation that a gradient through a random defence of a network is. */
  public static int draws(GraphClassifier network) {
    Input input = network.card().input();
    return Math.max(input.height(), input.width()) <= LARGEST_SIDE_OF_ALL_DRAWS
        ? DefenseChain.DRAWS
        : FEW_DRAWS;
  }
}
