package io.adversight.model;

import io.adversight.input.InputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What happens to pixels in [0, 1] before they enter a network: x = (range pixel - mean) / std, per
 * channel, in the network's own channel order.
 *
 * @param channels the order of the channels; {@code mean} and {@code std} are in this order
 * @param range the factor that brings pixels in [0, 1] to the network's range: usually 1 or 255, in
 *     [1e-6, 1e6]
 * @param mean one value per channel in [-1e6, 1e6]; a single value serves all channels
 * @param std one value per channel in [1e-6, 1e6]; a single value serves all channels
 * @param layout the order of the network's input axes
 */
public record Preprocessing(
    ChannelOrder channels, double range, List<Double> mean, List<Double> std, AxisOrder layout) {

  private static final double SMALLEST = 1e-6;
  private static final double LARGEST = 1e6;

  public Preprocessing {
    if (!(range >= SMALLEST && range <= LARGEST)) {
      throw new InputException(
          "range must be from %s to %s (usually 1 or 255), but is %s"
              .formatted(plain(SMALLEST), plain(LARGEST), range));
    }
    mean = perChannel("mean", mean, channels, -LARGEST, LARGEST);
    std = perChannel("std", std, channels, SMALLEST, LARGEST);
  }

  /** A preprocessing for the usual (N, C, H, W) layout. */
  public Preprocessing(ChannelOrder channels, double range, List<Double> mean, List<Double> std) {
    this(channels, range, mean, std, AxisOrder.NCHW);
  }

  /** The network takes the pixels in [0, 1] as they are. */
  public static Preprocessing none(ChannelOrder channels) {
    return new Preprocessing(channels, 1, List.of(0.0), List.of(1.0));
  }

  /** Whether values stay as they are; channels and axes may be reordered. */
  public boolean leavesValues() {
    return range == 1 && mean.stream().allMatch(m -> m == 0) && std.stream().allMatch(s -> s == 1);
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
      String name, List<Double> values, ChannelOrder channelOrder, double low, double high) {
    int channels = channelOrder.channels();
    if (values.size() != 1 && values.size() != channels) {
      throw new InputException(
          "%s needs %s values for %s (or one for all), but has %s: %s"
              .formatted(name, channels, channelOrder, values.size(), values));
    }
    for (double value : values) {
      if (!(value >= low && value <= high)) {
        throw new InputException(
            "%s must be numbers from %s to %s, but is %s"
                .formatted(name, plain(low), plain(high), values));
      }
    }
    List<Double> plain = values.stream().map(value -> value + 0.0).toList(); // -0.0 becomes 0.0
    return plain.size() == channels ? plain : Collections.nCopies(channels, plain.get(0));
  }

  private static String plain(double limit) {
    return new BigDecimal(Double.toString(limit)).stripTrailingZeros().toPlainString();
  }
}
