package io.adversight.experiments.lecture;

import io.adversight.data.DataSet;
import io.adversight.file.Folders;
import io.adversight.graph.Layer;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.visualization.objective.LayerAddress;
import io.adversight.visualization.patch.PatchIndex;
import io.adversight.visualization.patch.PatchScan;
import io.adversight.visualization.patch.Patches;
import io.adversight.visualization.patch.TopActivation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The images of a set that excite each channel of some layers most.
 *
 * @param network that is looked into
 * @param images as it sees them
 * @param index what the scan found
 */
record ExcitingPatches(GraphClassifier network, DataSet images, PatchIndex index) {
  private static final int BATCH = 20;

  /** Scans all images. */
  static ExcitingPatches of(
      GraphClassifier network, DataSet images, List<String> layers, int best, Run run) {
    try (PatchScan scan = new PatchScan(network, layers, best)) {
      for (int b = 0; b < Digits.batches(images, BATCH); b++) {
        run.checkCancelled();
        try (Scope scope = Scope.open()) {
          scan.add(Digits.batch(images, b, BATCH).pixels());
        }
      }
      List<String> names = IntStream.range(0, images.size()).mapToObj(images::imageName).toList();
      return new ExcitingPatches(network, images, throughFile(scan, network, names));
    }
  }

  /** An index is read from a file only. */
  private static PatchIndex throughFile(
      PatchScan scan, GraphClassifier network, List<String> names) {
    try {
      Path folder = Files.createTempDirectory("patches");
      try {
        PatchIndex.write(scan, network, names, folder.resolve("index"));
        return PatchIndex.read(folder.resolve("index"));
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the patches cannot be kept", e);
    }
  }

  /** The most exciting places of a channel. */
  List<TopActivation> top(Layer layer, int channel, int count) {
    return index.top(new LayerAddress(layer, List.of(Integer.toString(channel))), count);
  }

  /** The first channels of a layer that are not dead. */
  List<Integer> alive(Layer layer, int count) {
    List<Integer> alive = new ArrayList<>();
    for (int channel = 0; channel < layer.shape().size(1) && alive.size() < count; channel++) {
      if (!PatchIndex.isDead(top(layer, channel, 1))) {
        alive.add(channel);
      }
    }
    return alive;
  }

  /** The largest share of one class among the images that excite a channel most. */
  double purity(Layer layer, int channel, int count) {
    List<Integer> classes =
        top(layer, channel, count).stream().map(at -> images.label(at.image())).toList();
    return classes.stream()
            .mapToDouble(one -> classes.stream().filter(one::equals).count())
            .max()
            .orElse(0)
        / classes.size();
  }

  /** Patches with their projections. */
  Patches patches(Layer layer, int channel, int count, int side) {
    List<TopActivation> found = top(layer, channel, count);
    List<Raster> shown = found.stream().map(at -> images.image(at.image())).toList();
    return Patches.of(
        network, new LayerAddress(layer, List.of(Integer.toString(channel))), found, shown, side);
  }
}
