package io.adversight.study.detection;

import io.adversight.describe.Check;
import io.adversight.evaluation.detection.Detector;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Rng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Finds thresholds on clean images: scores them batch by batch, draws some of them, and tries the
 * thresholds on the others.
 */
public final class Calibration {
  /** What the detector of several scores together is called. */
  public static final String COMBINED = "combined";

  /**
   * What is calibrated.
   *
   * @param scores of the detector that judges; standardised and averaged if there are several
   * @param baselines detectors of one score each, for comparison
   * @param falsePositiveRate the share of clean images that may be called adversarial
   * @param heldOut the share of the images that the thresholds are tried on, in [0, 1)
   * @param seed of the scores and of the draw
   */
  public record Spec(
      List<Algorithm> scores,
      List<Algorithm> baselines,
      double falsePositiveRate,
      double heldOut,
      long seed) {
    /** Checks the ranges. */
    public Spec {
      scores = List.copyOf(scores);
      baselines = List.copyOf(baselines);
      Check.positive(falsePositiveRate, "falsePositiveRate");
      Check.within(0.0, 0.99, falsePositiveRate, "falsePositiveRate");
      Check.within(0.0, 0.9, heldOut, "heldOut");
      if (scores.isEmpty()) {
        throw new IllegalArgumentException("a detector needs at least one score");
      }
    }
  }

  private final Spec spec;
  private final Classifier classifier;
  private final ImageScores scores;
  private final List<String> identities = new ArrayList<>();
  private final List<Map<Algorithm, Double>> values = new ArrayList<>();

  /** A calibration without images yet. */
  public Calibration(Spec spec, Classifier classifier) {
    this.spec = spec;
    this.classifier = classifier;
    Set<Algorithm> all = new LinkedHashSet<>(spec.scores());
    all.addAll(spec.baselines());
    this.scores = new ImageScores(classifier, List.copyOf(all));
  }

  /** Scores some more clean images. */
  public void add(List<InputImage> images, AtomicBoolean cancel) {
    List<Raster> views = images.stream().map(InputImage::view).toList();
    Run run = Run.of(new Rng(spec.seed()), views).with(cancel);
    values.addAll(scores.of(views, views, run));
    images.forEach(image -> identities.add(image.identity().content()));
  }

  /**
   * Fails unless so many images are enough for the false-positive rate.
   *
   * @throws IllegalArgumentException saying how many are
   */
  public void checkEnough(int images) {
    int used = images - tried(images);
    if (used * spec.falsePositiveRate() < 1) {
      throw new InputException(
          ("a false-positive rate of %s needs at least %s images to find the threshold on, but"
                  + " there are %s (%s of %s are held out)")
              .formatted(
                  spec.falsePositiveRate(),
                  (int) Math.ceil(1 / spec.falsePositiveRate()),
                  used,
                  tried(images),
                  images));
    }
  }

  private int tried(int images) {
    return (int) Math.rint(spec.heldOut() * images);
  }

  /** The detectors. */
  public DetectorSet finish() {
    checkEnough(values.size());
    List<Integer> order = new ArrayList<>(IntStream.range(0, values.size()).boxed().toList());
    Collections.shuffle(order, new Random(spec.seed()));
    int tried = tried(order.size());
    List<Integer> used = order.subList(tried, order.size());
    List<Integer> heldOut = order.subList(0, tried);
    List<CalibratedDetector> detectors = new ArrayList<>();
    String first = spec.scores().size() == 1 ? spec.scores().get(0).toString() : COMBINED;
    detectors.add(detector(first, spec.scores(), used, heldOut));
    Set<Algorithm> others = new LinkedHashSet<>();
    if (spec.scores().size() > 1) {
      others.addAll(spec.scores());
    }
    others.addAll(spec.baselines());
    for (Algorithm other : others) {
      if (!other.toString().equals(first)) {
        detectors.add(detector(other.toString(), List.of(other), used, heldOut));
      }
    }
    return new DetectorSet(
        classifier.card().nameInResults(),
        classifier.card().sha256(),
        spec.falsePositiveRate(),
        spec.seed(),
        used.stream().sorted().map(identities::get).toList(),
        heldOut.stream().sorted().map(identities::get).toList(),
        detectors);
  }

  private CalibratedDetector detector(
      String name, List<Algorithm> algorithms, List<Integer> used, List<Integer> heldOut) {
    List<ScorePart> parts = algorithms.stream().map(a -> part(a, used)).toList();
    List<Double> known = used.stream().map(i -> combined(parts, i)).toList();
    double threshold = Detector.threshold(known, spec.falsePositiveRate());
    double[] tried = heldOut.stream().mapToDouble(i -> combined(parts, i)).toArray();
    Proportion alarms = Detector.above(threshold, tried);
    return new CalibratedDetector(name, parts, threshold, alarms);
  }

  private double combined(List<ScorePart> parts, int image) {
    return CalibratedDetector.combine(
        parts, parts.stream().map(p -> value(image, p.algorithm())).toList());
  }

  private ScorePart part(Algorithm algorithm, List<Integer> used) {
    double mean = used.stream().mapToDouble(i -> value(i, algorithm)).average().orElse(0);
    double square =
        used.stream().mapToDouble(i -> Math.pow(value(i, algorithm) - mean, 2)).average().orElse(0);
    return new ScorePart(algorithm, mean, Math.sqrt(square));
  }

  private double value(int image, Algorithm algorithm) {
    return Objects.requireNonNull(values.get(image).get(algorithm), "every score is known");
  }
}
