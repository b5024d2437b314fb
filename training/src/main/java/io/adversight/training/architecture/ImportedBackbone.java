package io.adversight.training.architecture;

import io.adversight.graph.Graph;
import io.adversight.home.ByteProgress;
import io.adversight.input.InputException;
import io.adversight.model.Input;
import io.adversight.model.Models;
import io.adversight.tensor.Rng;
import java.util.Optional;

/**
 * A new head on a part of another network. Its weights stay as they are in phases whose {@code
 * trained} names the head's alone, and are tuned in others.
 *
 * @param network the model's name, or a path as {@code --model} takes it
 * @param layer the last of its layers that is used, of shape (N, C, H, W)
 * @param head what decides
 */
public record ImportedBackbone(String network, String layer, Head head) implements Architecture {
  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    throw new IllegalStateException(
        "the network \"%s\" must be looked for first".formatted(network));
  }

  @Override
  public Architecture on(Models models) {
    Backbone found = Backbone.of(models.locate(network, ByteProgress.NONE), layer);
    return new Found(found, head);
  }

  /** The architecture once its network is there. */
  private record Found(Backbone part, Head head) implements Architecture {
    @Override
    public Graph graph(Input input, int classes, Rng rng) {
      if (!input.equals(part.card().input())) {
        throw new InputException(
            "\"%s\" takes images of %s, but these are %s"
                .formatted(part.card().name(), part.card().input(), input));
      }
      GraphBuilder plan = GraphBuilder.on(part.graph(), part.channels(), rng);
      return plan.graph(head.behind(plan, part.layer(), classes));
    }

    @Override
    public Optional<Backbone> backbone() {
      return Optional.of(part);
    }

    @Override
    public Optional<PrototypeHead> prototypes() {
      return head instanceof PrototypeHead prototypes ? Optional.of(prototypes) : Optional.empty();
    }
  }
}
