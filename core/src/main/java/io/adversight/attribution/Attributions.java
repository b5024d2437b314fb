package io.adversight.attribution;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs explanation methods on a batch; they share forward and backward passes where they can.
 *
 * <pre>{@code
 * List<List<Heatmap>> maps =
 *     Attributions.run(
 *         List.of(new GradCam(), new IntegratedGradients()),
 *         classifier,
 *         pixels, // (N, C, H, W) in [0, 1]
 *         new Objective.Logit(labels),
 *         Run.of(labels.size()));
 * }</pre>
 */
public final class Attributions {
  private Attributions() {}

  /**
   * Explains a batch by several methods.
   *
   * @param pixels (N, C, H, W) in [0, 1], at the network's input size
   * @param objective that is explained, such as the logit of a class of each image
   * @param run random numbers per image, progress in methods
   * @return for each method in turn, one heat map per image
   * @throws java.util.NoSuchElementException if a method names a layer that does not exist
   * @throws io.adversight.input.InputException if the classes do not exclude each other
   */
  public static List<List<Heatmap>> run(
      List<Attribution> methods,
      Classifier classifier,
      Tensor pixels,
      Objective objective,
      Run run) {
    classifier.card().ensureExclusive();
    Set<String> wanted = new LinkedHashSet<>();
    methods.forEach(method -> wanted.addAll(method.gradientsAt(classifier)));
    try (Scope scope = Scope.open()) {
      Trace trace = classifier.trace(pixels, wanted);
      List<List<Heatmap>> results = new ArrayList<>();
      for (int i = 0; i < methods.size(); i++) {
        run.report(i, methods.size(), "methods");
        results.add(heatmaps(methods.get(i), trace, objective, run));
      }
      return results;
    }
  }

  /**
   * The heat maps of one method for the images of a trace, whose passes it may share.
   *
   * @throws io.adversight.input.InputException if the classes do not exclude each other
   */
  public static List<Heatmap> heatmaps(
      Attribution method, Trace trace, Objective objective, Run run) {
    trace.classifier().card().ensureExclusive();
    try (Scope scope = Scope.open()) {
      Tensor signed = method.attribute(trace, objective, run);
      Tensor reduced = method.reduction().of(signed);
      Tensor pixels = trace.pixels();
      long height = pixels.size(2);
      long width = pixels.size(3);
      boolean atLayer = signed.size(2) != height || signed.size(3) != width;
      List<Raster> own = Batches.rasters(signed);
      List<Raster> full =
          atLayer ? Batches.rasters(Kernels.bilinear(signed, height, width, false)) : own;
      List<Raster> maps =
          Batches.rasters(atLayer ? Kernels.bilinear(reduced, height, width, false) : reduced);
      List<Heatmap> heatmaps = new ArrayList<>();
      for (int i = 0; i < maps.size(); i++) {
        heatmaps.add(
            new Heatmap(
                full.get(i), maps.get(i), atLayer ? Optional.of(own.get(i)) : Optional.empty()));
      }
      return heatmaps;
    }
  }
}
