package io.adversight.evaluation.robustness;

import io.adversight.metric.numeric.Correlation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How the explanation moves on many walks of equal length, set against what attacked network and
 * oracles say.
 *
 * @param points the means over the walks, frame by frame
 * @param steps the similarity of consecutive explanations, by what changes between the two frames
 * @param withNetwork Spearman's correlation, over all frames of all walks, of the similarity to the
 *     first explanation with the probability that the attacked network gives the label; 0 if one of
 *     them is constant
 * @param withOracles the same with the mean probability that the oracles give the label
 */
public record PathStatistics(
    List<Point> points, Map<Change, Steps> steps, double withNetwork, double withOracles) {
  public PathStatistics {
    points = List.copyOf(points);
    steps = Map.copyOf(steps);
  }

  /**
   * Means over all walks at one frame.
   *
   * @param step how many steps were made
   * @param network probability that the attacked network gives the label
   * @param oracles mean probability that the oracles give the label
   * @param toPrevious similarity of the explanation to that of the frame before; NaN for the first
   * @param toStart similarity to that of the first frame
   * @param toEnd similarity to that of the last frame
   */
  public record Point(
      int step, double network, double oracles, double toPrevious, double toStart, double toEnd) {}

  /** What changes from one frame to the next. */
  public enum Change {
    /** Neither the attacked network's class nor that of most oracles. */
    NOTHING("nothing"),
    /** Only the class that most oracles see. */
    ORACLES("only what the oracles see"),
    /** Only the class that the attacked network predicts. */
    NETWORK("only what the network predicts"),
    /** Both classes. */
    BOTH("both");

    private final String words;

    Change(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }

    static Change between(FrameNumbers before, FrameNumbers after) {
      boolean network = before.predicted() != after.predicted();
      boolean oracles = before.seen() != after.seen();
      return network ? oracles ? BOTH : NETWORK : oracles ? ORACLES : NOTHING;
    }
  }

  /**
   * Pairs of consecutive frames between which the same changes.
   *
   * @param count how many
   * @param similarity mean similarity of their explanations; NaN without any
   */
  public record Steps(long count, double similarity) {}

  /**
   * The statistics of walks, each with frames at the same steps.
   *
   * @param walks at least one
   */
  public static PathStatistics of(List<List<FrameNumbers>> walks) {
    List<Point> points = new ArrayList<>();
    for (int f = 0; f < walks.get(0).size(); f++) {
      int frame = f;
      List<FrameNumbers> there = walks.stream().map(walk -> walk.get(frame)).toList();
      points.add(
          new Point(
              there.get(0).step(),
              mean(there, FrameNumbers::labelProbability),
              mean(there, FrameNumbers::oracleLabel),
              mean(there, FrameNumbers::mapToPrevious),
              mean(there, FrameNumbers::mapToStart),
              mean(there, FrameNumbers::mapToEnd)));
    }
    List<FrameNumbers> all = walks.stream().flatMap(List::stream).toList();
    double[] toStart = all.stream().mapToDouble(FrameNumbers::mapToStart).toArray();
    return new PathStatistics(
        points,
        steps(walks),
        rankCorrelation(toStart, all, FrameNumbers::labelProbability),
        rankCorrelation(toStart, all, FrameNumbers::oracleLabel));
  }

  private static Map<Change, Steps> steps(List<List<FrameNumbers>> walks) {
    Map<Change, List<Double>> found = new EnumMap<>(Change.class);
    for (List<FrameNumbers> walk : walks) {
      for (int f = 1; f < walk.size(); f++) {
        found
            .computeIfAbsent(
                Change.between(walk.get(f - 1), walk.get(f)), change -> new ArrayList<>())
            .add(walk.get(f).mapToPrevious());
      }
    }
    Map<Change, Steps> steps = new EnumMap<>(Change.class);
    for (Change change : Change.values()) {
      List<Double> own = found.getOrDefault(change, List.of());
      steps.put(
          change,
          new Steps(
              own.size(),
              own.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN)));
    }
    return steps;
  }

  private static double rankCorrelation(
      double[] toStart, List<FrameNumbers> frames, ToDoubleFunction<FrameNumbers> value) {
    return Correlation.spearman(toStart, frames.stream().mapToDouble(value).toArray()).orElse(0);
  }

  private static double mean(
      Collection<FrameNumbers> frames, ToDoubleFunction<FrameNumbers> value) {
    return frames.stream().mapToDouble(value).average().orElse(Double.NaN);
  }
}
