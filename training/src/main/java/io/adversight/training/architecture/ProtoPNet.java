package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;
import java.util.Optional;

/**
 * A network that decides by the likeness of patches to prototypes (Chen et al. 2019): the features
 * of {@link GapNet} with a {@link PrototypeHead}.
 *
 * @param stages the channels of each convolution, by stage
 * @param depth elements of a prototype
 * @param perClass prototypes of each class: those of class 0 come first
 * @param prune a prototype stays if that many of the six training patches nearest to it, one per
 *     image, belong to its class (appendix 4); 0 keeps all
 */
public record ProtoPNet(List<List<Integer>> stages, int depth, int perClass, int prune)
    implements Architecture {
  public ProtoPNet {
    Check.atLeast(1, stages.size(), "stages");
    stages = stages.stream().map(List::copyOf).toList();
    new PrototypeHead(depth, perClass, prune);
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String features = GapNet.stages(plan, stages);
    return plan.graph(prototypeHead().behind(plan, features, classes));
  }

  private PrototypeHead prototypeHead() {
    return new PrototypeHead(depth, perClass, prune);
  }

  @Override
  public Optional<PrototypeHead> prototypes() {
    return Optional.of(prototypeHead());
  }
}
