package io.adversight.attribution.cam;

import io.adversight.attribution.internal.LayerMaps;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.LinearAlgebra;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Eigen-CAM: a layer's activations projected on their first principal component, whatever the
 * objective is (Muhammad and Yeasin 2020, equation 4). Channels are centred over the positions; the
 * sign is that in which the largest magnitude is positive.
 *
 * @param layer whose maps are projected; empty for the last spatial layer
 */
@Doc("Eigen-CAM")
@Paper("muhammad2020")
public record EigenCam(@Doc("layer; empty for the last spatial one") String layer)
    implements ClassActivation {
  /** The paper's setting: the last spatial layer. */
  public EigenCam() {
    this("");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor maps = LayerMaps.activation(trace, layer);
      List<Tensor> projections = new ArrayList<>();
      for (int i = 0; i < maps.size(0); i++) {
        run.checkCancelled();
        Tensor channels = maps.select(0, i).asDouble().reshape(maps.size(1), -1);
        projections.add(projection(channels.sub(channels.mean(1))));
      }
      Tensor all = Tensor.stack(projections, 0);
      return scope.keep(all.reshape(maps.size(0), 1, maps.size(2), maps.size(3)).like(maps));
    }
  }

  /** The first principal projection of centred rows (K, positions): (positions). */
  private static Tensor projection(Tensor centred) {
    boolean fewChannels = centred.size(0) <= centred.size(1);
    Tensor gram =
        fewChannels
            ? centred.matmul(centred.transpose(0, 1))
            : centred.transpose(0, 1).matmul(centred);
    LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(gram);
    long last = gram.size(0) - 1;
    Tensor vector = eigen.vectors().narrow(1, last, 1);
    Tensor projected =
        fewChannels
            ? centred.transpose(0, 1).matmul(vector)
            : vector.mul(eigen.values().narrow(0, last, 1).relu().sqrt());
    double low = projected.min(0).item();
    double high = projected.max(0).item();
    return (-low > high ? projected.neg() : projected).reshape(projected.size(0));
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    LayerMaps.place(classifier, layer);
    return List.of();
  }
}
