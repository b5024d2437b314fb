package io.adversight.model;

import io.adversight.input.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What happens to pixels in [0, 1] before they enter a network: x = (range pixel - mean) / std, per
 * channel, in the network's own channel order.
 *
 * @param channels the order of the channels; {@code mean} and {@code std} are in this order
 * @param range the factor that brings pixels in [0, 1] to the network's range: 1 or 255
 * @param mean one value per channel; a single value serves all channels
 * @param std one value above 0 per channel; a single value serves all channels
 * @param layout the order of the network's input axes
 */
public record Preprocessing(
    ChannelOrder channels, double range, List<Double> mean, List<Double> std, Layout layout) {

  public Preprocessing {
    if (!(range > 0) || Double.isInfinite(range)) {
      throw new InputException("range must be above 0 (1 or 255), but is " + range);
    }
    mean = perChannel("mean", mean, channels);
    std = perChannel("std", std, channels);
    for (double value : std) {
      if (!(value > 0)) {
        throw new InputException("std must be above 0, but is " + std);
      }
    }
  }

  /** A preprocessing for the usual (N, C, H, W) layout. */
  public Preprocessing(ChannelOrder channels, double range, List<Double> mean, List<Double> std) {
    this(channels, range, mean, std, Layout.NCHW);
  }

  /** The network takes the pixels in [0, 1] as they are. */
  public static Preprocessing none(ChannelOrder channels) {
    return new Preprocessing(channels, 1, List.of(0.0), List.of(1.0));
  }

  /**
   * The pixel that the network sees as 0: mean / range per channel, in the order red, green, blue.
   */
  public List<Double> zero() {
    List<Double> zero = new ArrayList<>(mean.stream().map(m -> m / range).toList());
    if (channels == ChannelOrder.BGR) {
      Collections.reverse(zero);
    }
    return List.copyOf(zero);
  }

  private static List<Double> perChannel(
      String name, List<Double> values, ChannelOrder channelOrder) {
    int channels = channelOrder.channels();
    if (values.size() != 1 && values.size() != channels) {
      throw new InputException(
          "%s needs %d values for %s (or one for all), but has %d: %s"
              .formatted(name, channels, channelOrder, values.size(), values));
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new InputException("%s must be finite numbers, but is %s".formatted(name, values));
      }
    }
    return values.size() == channels
        ? List.copyOf(values)
        : Collections.nCopies(channels, values.get(0));
  }
}
