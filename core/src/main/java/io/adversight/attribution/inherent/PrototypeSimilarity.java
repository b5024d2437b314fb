package io.adversight.attribution.inherent;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Where an image is like the prototypes that speak for a class (Chen et al. 2019, section 2.4): the
 * similarity maps of the prototypes that add most to the objective, weighted by their connections.
 *
 * @param top how many prototypes count
 * @param only the map of a single one: 1 for the first, 2 for the second; 0 for the sum of all
 */
@Doc("Prototype similarity map")
@Paper("chen2019")
public record PrototypeSimilarity(
    @Doc("number of prototypes, largest contributions first") int top,
    @Doc("only the map of the first (1), second (2), ...; 0 for the sum") int only)
    implements Attribution {
  public PrototypeSimilarity {
    Check.within(1, 1000, top, "top");
    Check.within(0, top, only, "only");
  }

  /** The sum of the four that add most. */
  public PrototypeSimilarity() {
    this(4, 0);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    PrototypeMaps maps = PrototypeMaps.of(trace, objective);
    Tensor contributions = maps.contributions();
    long count = contributions.size(1);
    long wanted = Math.min(top, count);
    Tensor best = contributions.top(wanted, 1).indices();
    if (only > 0) {
      best = best.narrow(1, Math.min(only, wanted) - 1, 1);
    }
    Tensor weighted = maps.similarities().mul(maps.weights());
    long height = weighted.size(2);
    long width = weighted.size(3);
    Tensor places =
        best.unsqueeze(2).unsqueeze(3).expand(best.size(0), best.size(1), height, width);
    return weighted.gather(1, places).sum(1);
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    return List.of(PrototypeMaps.layer(classifier));
  }
}
