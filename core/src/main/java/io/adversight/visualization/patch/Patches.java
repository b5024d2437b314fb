package io.adversight.visualization.patch;

import io.adversight.graph.ReceptiveField;
import io.adversight.graph.ReceptiveFields;
import io.adversight.image.ImageGrid;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.visualization.objective.LayerAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The patches that excite a channel most, each with its deconvnet and guided-backpropagation
 * projections (Zeiler and Fergus 2014, figure 2; Springenberg et al. 2015, figure 3).
 *
 * @param found where, most exciting first
 * @param patches cut out of the images, all of one size
 * @param deconvnet the deconvnet's projections, cut alike, as images
 * @param guided those of guided backpropagation
 */
public record Patches(
    List<TopActivation> found, List<Raster> patches, List<Raster> deconvnet, List<Raster> guided) {
  private static final int GAP = 2;

  public Patches {
    found = List.copyOf(found);
    patches = List.copyOf(patches);
    deconvnet = List.copyOf(deconvnet);
    guided = List.copyOf(guided);
  }

  /**
   * The patches of one channel.
   *
   * @param found where, in the images
   * @param images as the network sees them, one for each of {@code found}
   * @param side of a patch on the sheet, in pixels
   */
  public static Patches of(
      GraphClassifier classifier,
      LayerAddress place,
      List<TopActivation> found,
      List<Raster> images,
      int side) {
    String layer = place.layer().name();
    int channel = place.channel();
    ReceptiveFields fields =
        ReceptiveFields.of(classifier.graph(), classifier.imageShape(), List.of(layer));
    NeuronObjective spots =
        new NeuronObjective(
            layer,
            channel,
            found.stream().map(TopActivation::row).toList(),
            found.stream().map(TopActivation::column).toList());
    List<Raster> deconvnet = NeuronProjection.DECONVNET.of(spots, classifier, images);
    List<Raster> guided = NeuronProjection.GUIDED.of(spots, classifier, images);
    ReceptiveField largest = fields.largest(layer, channel);
    List<List<Raster>> cells = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < found.size(); i++) {
      TopActivation at = found.get(i);
      PatchView view = new PatchView(fields.at(layer, channel, at.row(), at.column()), largest);
      cells.get(0).add(view.cell(images.get(i), side));
      cells.get(1).add(view.cell(NeuronProjection.shown(deconvnet.get(i)), side));
      cells.get(2).add(view.cell(NeuronProjection.shown(guided.get(i)), side));
    }
    return new Patches(found, cells.get(0), cells.get(1), cells.get(2));
  }

  /** Three rows: patches, deconvnet, guided backpropagation. */
  public Raster sheet() {
    List<Raster> all = new ArrayList<>(patches);
    all.addAll(deconvnet);
    all.addAll(guided);
    return ImageGrid.of(all, patches.size(), GAP);
  }
}
