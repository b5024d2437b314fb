package io.adversight.attribution.perturbation;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Variants;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Occlusion: how far the score falls when a window is covered (Zeiler and Fergus 2014, section
 * 4.2). A pixel has the mean of S(x) - S(covered) over the windows that cover it; windows at the
 * lower and right edge may be cut.
 *
 * @param window rows and columns, or one number for both; empty for an eighth of the shorter side
 * @param stride rows and columns from window to window; empty for half a window
 * @param baseline the value that covers
 * @param byChannel whether each channel is covered on its own, which gives (N, C, H, W)
 */
@Doc("Occlusion")
@Paper("zeiler2014")
public record Occlusion(
    @Doc("window's rows and columns; empty for an eighth of the shorter side") List<Integer> window,
    @Doc("rows and columns between windows; empty for half a window") List<Integer> stride,
    @Doc("value of the occluded pixels") double baseline,
    @Doc("cover each channel on its own") boolean byChannel)
    implements Attribution {
  /** The paper's grey square. */
  public Occlusion() {
    this(List.of(), List.of(), 0.5, false);
  }

  public Occlusion {
    window = checked(window, "window");
    stride = checked(stride, "stride");
    Check.finite(baseline, "baseline");
  }

  private static List<Integer> checked(List<Integer> sizes, String name) {
    if (sizes.size() > 2) {
      throw new IllegalArgumentException(
          "%s needs rows and columns, but has %s numbers".formatted(name, sizes.size()));
    }
    sizes.forEach(size -> Check.atLeast(1, size, name));
    return sizes.size() == 1 ? List.of(sizes.get(0), sizes.get(0)) : List.copyOf(sizes);
  }

  /** The part of an image that is covered: channel (-1 for all), first row and column, size. */
  private record Cover(int channel, int row, int column, int height, int width) {}

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    Tensor pixels = trace.pixels();
    int height = (int) pixels.size(2);
    int width = (int) pixels.size(3);
    int channels = byChannel ? (int) pixels.size(1) : 1;
    List<Cover> covers = covers(channels, height, width);
    try (Scope scope = Scope.open()) {
      double[] full = trace.values(objective).toDoubles();
      Tensor covering = pixels.fullLike(baseline);
      double[] values =
          Variants.of(trace, objective, run)
              .values(covers.size(), k -> covered(pixels, covering, covers.get(k), channels))
              .toDoubles();
      int plane = height * width;
      double[] sums = new double[full.length * channels * plane];
      int[] counts = new int[channels * plane];
      for (int k = 0; k < covers.size(); k++) {
        Cover cover = covers.get(k);
        int channel = Math.max(0, cover.channel());
        for (int y = cover.row(); y < cover.row() + cover.height(); y++) {
          for (int x = cover.column(); x < cover.column() + cover.width(); x++) {
            int at = channel * plane + y * width + x;
            counts[at]++;
            for (int i = 0; i < full.length; i++) {
              sums[i * channels * plane + at] += full[i] - values[k * full.length + i];
            }
          }
        }
      }
      for (int j = 0; j < sums.length; j++) {
        sums[j] /= Math.max(1, counts[j % counts.length]);
      }
      return scope.keep(Tensor.of(sums, full.length, channels, height, width).like(pixels));
    }
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  private List<Cover> covers(int channels, int height, int width) {
    int eighth = Math.max(1, Math.min(height, width) / 8);
    int rows = Math.min(height, window.isEmpty() ? eighth : window.get(0));
    int columns = Math.min(width, window.isEmpty() ? eighth : window.get(1));
    int down = stride.isEmpty() ? Math.max(1, rows / 2) : stride.get(0);
    int right = stride.isEmpty() ? Math.max(1, columns / 2) : stride.get(1);
    List<Cover> covers = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      for (int y : starts(height, rows, down)) {
        for (int x : starts(width, columns, right)) {
          covers.add(
              new Cover(
                  byChannel ? c : -1,
                  y,
                  x,
                  Math.min(rows, height - y),
                  Math.min(columns, width - x)));
        }
      }
    }
    return covers;
  }

  /** Window starts until one reaches the end; the last window may be shorter. */
  private static List<Integer> starts(int size, int window, int stride) {
    List<Integer> starts = new ArrayList<>();
    int start = 0;
    while (start + window < size) {
      starts.add(start);
      start += stride;
    }
    if (start < size) {
      starts.add(start);
    }
    return starts;
  }

  private static Tensor covered(Tensor pixels, Tensor covering, Cover cover, int channels) {
    int height = (int) pixels.size(2);
    int width = (int) pixels.size(3);
    float[] mask = new float[channels * height * width];
    int offset = Math.max(0, cover.channel()) * height * width;
    for (int y = cover.row(); y < cover.row() + cover.height(); y++) {
      for (int x = cover.column(); x < cover.column() + cover.width(); x++) {
        mask[offset + y * width + x] = 1;
      }
    }
    Tensor hidden = Tensor.of(mask, 1, channels, height, width).to(pixels.device()).gt(0);
    return hidden.choose(covering, pixels);
  }
}
