package io.adversight.visualization.objective;

import io.adversight.graph.Layer;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.model.Classifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A layer and numbers behind it, as in {@code LAYER:7:3:3}; a layer's name may hold colons.
 *
 * @param layer the layer
 * @param numbers as text, in order
 */
public record LayerAddress(Layer layer, List<String> numbers) {
  public LayerAddress {
    numbers = List.copyOf(numbers);
  }

  /**
   * Reads a place with {@code least} to {@code most} numbers.
   *
   * @throws NoSuchElementException if there is no such layer, naming those there are
   */
  public static LayerAddress of(String text, Classifier classifier, int least, int most) {
    List<String> parts = Arrays.asList(text.split(":"));
    for (int count = Math.min(most, parts.size() - 1); count >= least; count--) {
      String name = String.join(":", parts.subList(0, parts.size() - count));
      if (classifier.layers().stream().anyMatch(layer -> layer.name().equals(name))) {
        return new LayerAddress(
            classifier.layer(name),
            new ArrayList<>(parts.subList(parts.size() - count, parts.size())));
      }
    }
    if (classifier.layers().stream().anyMatch(layer -> layer.name().equals(text))) {
      throw new InputException(
          "%s needs a channel: %s".formatted(text, range(classifier.layer(text), 1, "channels")));
    }
    int colon = text.indexOf(':');
    throw new UnknownNameException(
        missing(classifier, colon < 0 ? text : text.substring(0, colon)));
  }

  private static String missing(Classifier classifier, String name) {
    try {
      return "layer \"%s\" has too many numbers behind it".formatted(classifier.layer(name).name());
    } catch (NoSuchElementException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The {@code i}-th number, an index of dimension {@code dim} of the layer. */
  int within(int i, int dim, String what) {
    return index(numbers.get(i), (int) layer.mapShape().size(dim), layer.name(), what);
  }

  /** The channel, the first number. */
  public int channel() {
    return within(0, 1, "channels");
  }

  /**
   * An index below {@code count}.
   *
   * @throws IllegalArgumentException saying the range
   */
  public static int index(String text, int count, String layer, String what) {
    if (text.strip().matches("[0-9]{1,9}")) {
      int index = Integer.parseInt(text.strip());
      if (index < count) {
        return index;
      }
    }
    throw new InputException(
        "layer \"%s\" has %s 0 to %s, but \"%s\" was given"
            .formatted(layer, what, count - 1, text.strip()));
  }

  private static String range(Layer layer, int dim, String what) {
    return "layer \"%s\" has %s 0 to %s"
        .formatted(layer.name(), what, layer.mapShape().size(dim) - 1);
  }
}
