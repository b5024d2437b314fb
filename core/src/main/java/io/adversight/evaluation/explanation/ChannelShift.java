package io.adversight.evaluation.explanation;

import io.adversight.describe.Check;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.visualization.layer.Representation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a change of an image switched on in a layer: the channels whose mean activation rose most.
 *
 * @param channel of the layer
 * @param before mean activation for the clean image
 * @param after mean activation for the changed image
 */
public record ChannelShift(int channel, double before, double after) {
  /** How much the channel rose. */
  public double rise() {
    return after - before;
  }

  /**
   * The channels of a layer that rose most, the strongest first.
   *
   * @param count how many
   */
  public static List<ChannelShift> of(
      Classifier classifier, String layer, Raster clean, Raster changed, int count) {
    Check.atLeast(1, count, "the number of channels");
    List<Double> before = means(Representation.of(classifier, layer, clean).values());
    List<Double> after = means(Representation.of(classifier, layer, changed).values());
    return IntStream.range(0, before.size())
        .mapToObj(c -> new ChannelShift(c, before.get(c), after.get(c)))
        .sorted(Comparator.comparingDouble(ChannelShift::rise).reversed())
        .limit(count)
        .toList();
  }

  private static List<Double> means(Raster maps) {
    List<Double> means = new ArrayList<>();
    double positions = (double) maps.height() * maps.width();
    for (int c = 0; c < maps.channels(); c++) {
      double sum = 0;
      for (int y = 0; y < maps.height(); y++) {
        for (int x = 0; x < maps.width(); x++) {
          sum += maps.at(c, y, x);
        }
      }
      means.add(sum / positions);
    }
    return means;
  }
}
