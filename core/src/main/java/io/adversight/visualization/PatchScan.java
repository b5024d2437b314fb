package io.adversight.visualization;

import io.adversight.describe.Check;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Layer;
import io.adversight.graph.Node;
import io.adversight.model.Classifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for the pictures to which each channel of some layers responds most (Zeiler and Fergus
 * 2014, section 4; Girshick et al. 2014, section 3.1), batch after batch, all layers in one forward
 * pass. A layer's activations are read as soon as they are computed and freed with those of the
 * forward pass, so that memory holds no more than that pass and the best so far.
 */
public final class PatchScan implements AutoCloseable {
  private final Classifier classifier;
  private final int best;
  private final Map<String, Found> found = new LinkedHashMap<>();
  private int done;

  /** The best so far of one layer, each (C, k), best first; pictures are -1 where none was seen. */
  record Found(Tensor values, Tensor pictures, Tensor places) {
    private Found replaced(Scope scope, Found next) {
      List.of(next.values, next.pictures, next.places).forEach(scope::release);
      List.of(values, pictures, places).forEach(Tensor::close);
      return next;
    }
  }

  /**
   * A scan that has seen nothing.
   *
   * @param layers names of layers
   * @param best how many pictures are kept per channel
   */
  public PatchScan(Classifier classifier, Collection<String> layers, int best) {
    Check.within(1, 1000, best, "the number of patches");
    this.classifier = classifier;
    this.best = best;
    try (Scope scope = Scope.open()) {
      for (String name : layers) {
        Layer layer = classifier.layer(name);
        long channels = layer.shape().size(1);
        Tensor none = Tensor.full(-1, channels, best);
        Found fresh =
            new Found(
                scope.release(Tensor.full(Double.NEGATIVE_INFINITY, channels, best)),
                scope.release(none.copy()),
                scope.release(none.copy()));
        found.put(name, fresh);
      }
    }
  }

  /** A scan that goes on where a stored one was. */
  PatchScan(Classifier classifier, int best, int done, Map<String, Found> found) {
    this.classifier = classifier;
    this.best = best;
    this.done = done;
    this.found.putAll(found);
  }

  /** How many pictures were seen. */
  public int done() {
    return done;
  }

  /** How many pictures are kept per channel. */
  public int best() {
    return best;
  }

  /** What was found so far, by layer. */
  Map<String, Found> found() {
    return found;
  }

  /**
   * Looks at the next pictures.
   *
   * @param pixels (N, C, H, W) in [0, 1]
   */
  public void add(Tensor pixels) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      BackwardRules watching = this::watched;
      classifier.forward(pixels, watching, Set.of(), true);
    }
    done += (int) pixels.size(0);
  }

  private Tensor watched(Node node, List<Tensor> inputs) {
    Tensor value = node.operator().forward(inputs);
    Optional.ofNullable(found.get(node.name()))
        .ifPresent(known -> found.put(node.name(), better(known, value)));
    return value;
  }

  private Found better(Found known, Tensor value) {
    try (Scope scope = Scope.open()) {
      long images = value.size(0);
      long channels = value.size(1);
      Tensor maxima;
      Tensor places;
      if (value.rank() == 4) {
        long height = value.size(2);
        long width = value.size(3);
        // Channels innermost, as convolutions leave them: all reductions then run along memory.
        Tensor maps = value.permute(0, 2, 3, 1);
        Tensor rowMaxima = maps.max(2).reshape(images, height, channels);
        Tensor row = rowMaxima.argmax(1).reshape(images, 1, channels);
        maxima = rowMaxima.gather(1, row).reshape(images, channels);
        Tensor rows = row.unsqueeze(2).expand(images, 1, width, channels);
        Tensor column = maps.gather(1, rows).reshape(images, width, channels).argmax(1);
        Tensor before = row.reshape(images, channels).asFloat().mul((double) width);
        places = before.add(column.reshape(images, channels).asFloat());
      } else {
        maxima = value.reshape(images, channels, -1).max(2).reshape(images, channels);
        places = maxima.fullLike(0);
      }
      float[] numbers = new float[(int) images];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = done + i;
      }
      Tensor pictures = Tensor.of(numbers, 1, images).expand(channels, images);
      Tensor all = joined(known.values, maxima);
      Tensor.Sorted top = all.top(best, 1);
      return known.replaced(
          scope,
          new Found(
              top.values(),
              Tensor.concat(List.of(known.pictures, pictures), 1).gather(1, top.indices()),
              joined(known.places, places).gather(1, top.indices())));
    }
  }

  /** The best so far and those of a batch (N, C) in the rows of the channels. */
  private static Tensor joined(Tensor known, Tensor batch) {
    return Tensor.concat(List.of(known, batch.transpose(0, 1).like(known)), 1);
  }

  @Override
  public void close() {
    found.values().forEach(f -> List.of(f.values, f.pictures, f.places).forEach(Tensor::close));
  }
}
