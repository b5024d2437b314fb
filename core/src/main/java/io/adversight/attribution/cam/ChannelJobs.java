package io.adversight.attribution.cam;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The channels of a layer that are worth a forward pass, image by image, and the weight found for
 * each.
 */
final class ChannelJobs {
  private final int images;
  private final int channels;
  private final List<int[]> jobs = new ArrayList<>();
  private final double[] weights;

  private ChannelJobs(int images, int channels) {
    this.images = images;
    this.channels = channels;
    this.weights = new double[images * channels];
  }

  /**
   * The channels that {@code alive} marks.
   *
   * @param activation (N, K, h, w)
   * @param alive (N, K, 1, 1), 0 for a channel to skip
   * @param most how many channels of each image, those whose values vary most; 0 for all
   */
  static ChannelJobs of(Tensor activation, Tensor alive, int most) {
    int images = (int) activation.size(0);
    int channels = (int) activation.size(1);
    ChannelJobs made = new ChannelJobs(images, channels);
    float[] live = alive.asFloat().toFloats();
    double[] spread = most == 0 ? new double[live.length] : spread(activation);
    for (int i = 0; i < images; i++) {
      List<Integer> kept = new ArrayList<>();
      for (int k = 0; k < channels; k++) {
        if (live[i * channels + k] != 0) {
          kept.add(k);
        }
      }
      int offset = i * channels;
      if (most > 0 && kept.size() > most) {
        kept.sort((a, b) -> Double.compare(spread[offset + b], spread[offset + a]));
        kept = kept.subList(0, most);
        kept.sort(null);
      }
      for (int k : kept) {
        made.jobs.add(new int[] {i, k});
      }
    }
    return made;
  }

  private static double[] spread(Tensor activation) {
    Tensor centred = activation.sub(activation.mean(2, 3));
    return centred.square().mean(2, 3).toDoubles();
  }

  int size() {
    return jobs.size();
  }

  /** The images of {@code count} jobs from {@code first} on. */
  int[] images(int first, int count) {
    return jobs.subList(first, first + count).stream().mapToInt(job -> job[0]).toArray();
  }

  /** The channels of {@code count} jobs from {@code first} on. */
  int[] channels(int first, int count) {
    return jobs.subList(first, first + count).stream().mapToInt(job -> job[1]).toArray();
  }

  /** Notes what a pass found for some jobs, and counts it. */
  void found(int first, double[] values, Run run) {
    for (int j = 0; j < values.length; j++) {
      int[] job = jobs.get(first + j);
      weights[job[0] * channels + job[1]] = values[j];
      run.select(job[0]).countForward();
    }
  }

  /** What was found for the first {@code done} jobs, 0 elsewhere, (N, K, 1, 1). */
  Tensor weights(Tensor like, int done) {
    double[] known = new double[weights.length];
    for (int[] job : jobs.subList(0, done)) {
      int at = job[0] * channels + job[1];
      known[at] = weights[at];
    }
    return tensor(known, like);
  }

  /** The softmax, image by image, of what was found for the first {@code done} jobs. */
  Tensor softmax(Tensor like, int done) {
    double[] largest = new double[images];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    double[] sums = new double[images];
    for (int[] job : jobs.subList(0, done)) {
      largest[job[0]] = Math.max(largest[job[0]], weights[job[0] * channels + job[1]]);
    }
    double[] exponentials = new double[weights.length];
    for (int[] job : jobs.subList(0, done)) {
      int at = job[0] * channels + job[1];
      exponentials[at] = Math.exp(weights[at] - largest[job[0]]);
      sums[job[0]] += exponentials[at];
    }
    for (int[] job : jobs.subList(0, done)) {
      exponentials[job[0] * channels + job[1]] /= sums[job[0]];
    }
    return tensor(exponentials, like);
  }

  private Tensor tensor(double[] values, Tensor like) {
    return Tensor.of(values, images, channels, 1, 1).like(like);
  }
}
