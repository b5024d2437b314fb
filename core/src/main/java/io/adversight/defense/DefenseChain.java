package io.adversight.defense;

import io.adversight.describe.Check;
import io.adversight.model.GraphClassifier;
import io.adversight.model.InputTransform;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Defences one after the other in front of a network. How gradients pass follows from the defences:
 * each by its own gradient where it has one, else straight through; where any is random, the
 * gradient is the expectation over draws.
 *
 * @param parts in the order in which an image passes them
 */
public record DefenseChain(List<Part> parts) implements InputTransform {
  /** Draws of an expectation unless another number is asked for. */
  public static final int DRAWS = 16;

  /**
   * One defence.
   *
   * @param id its name in the catalogue
   * @param text as people write it, with parameters
   */
  public record Part(String id, String text, Defense defense) {}

  public DefenseChain {
    parts = List.copyOf(parts);
    Check.atLeast(1, parts.size(), "defences");
  }

  /** The network behind these defences. */
  public GraphClassifier before(GraphClassifier network, int draws) {
    String text = isRandom() ? "%s [%s draws]".formatted(this, draws) : toString();
    return network.behind(this, text, draws);
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    Tensor x = images;
    for (int i = 0; i < parts.size(); i++) {
      x = parts.get(i).defense().of(x, run.split(i));
    }
    return x;
  }

  @Override
  public boolean isRandom() {
    return parts.stream().anyMatch(part -> part.defense().isRandom());
  }

  @Override
  public boolean isOptimization() {
    return parts.stream().anyMatch(part -> part.defense().isOptimization());
  }

  @Override
  public boolean isDifferentiable() {
    return parts.stream().allMatch(part -> part.defense().isDifferentiable());
  }

  @Override
  public String gradients() {
    String own = ids(Defense::isDifferentiable);
    String through = ids(defense -> !defense.isDifferentiable());
    List<String> said = new ArrayList<>();
    if (!through.isEmpty()) {
      said.add("straight-through (BPDA) for " + through);
    }
    if (!own.isEmpty()) {
      said.add("its own for " + own);
    }
    return String.join("; ", said);
  }

  private String ids(Predicate<Defense> wanted) {
    return String.join(
        ", ",
        parts.stream()
            .filter(part -> wanted.test(part.defense()))
            .map(Part::id)
            .distinct()
            .toList());
  }

  @Override
  public String toString() {
    return String.join(", ", parts.stream().map(Part::text).toList());
  }
}
