package io.adversight.lab.site;

import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.catalog.Kind;
import io.adversight.data.Labels;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Attacks one image at every epsilon. The image is quantized to 8 bits first, and so is every
 * changed image before it is classified and explained: what the page draws is what the network saw.
 */
final class AttackedImage {
  private static final int LEADING = 3;
  private static final MapSimilarity SSIM =
      Algorithm.of("ssim").create(MapSimilarity.class, Kind.MAP_SIMILARITY);
  private static final MapSimilarity SPEARMAN =
      Algorithm.of("spearman").create(MapSimilarity.class, Kind.MAP_SIMILARITY);

  private final GraphClassifier classifier;
  private final SiteSpec spec;
  private final Attribution method;
  private final Raster clean;
  private final Seen before;

  /** What the network makes of an image. */
  private record Seen(Raster image, Prediction prediction, Heatmap heatmap) {}

  private AttackedImage(GraphClassifier classifier, SiteSpec spec, Raster clean) {
    this.classifier = classifier;
    this.spec = spec;
    this.method = spec.method().create(Attribution.class, Kind.ATTRIBUTION);
    this.clean = clean;
    this.before = seen(clean, -1);
  }

  /** The image of a view of it at the network's input size. */
  static SiteImage of(String name, Raster view, GraphClassifier classifier, SiteSpec spec) {
    Raster clean = view.quantized();
    AttackedImage image = new AttackedImage(classifier, spec, clean);
    return new SiteImage(
        name,
        clean.width(),
        clean.height(),
        clean.channels(),
        Base64.getEncoder().encodeToString(levels(clean)),
        top(image.before.prediction(), classifier.labels()),
        map(image.before.heatmap()),
        spec.attacks().stream().map(image::attacked).toList());
  }

  private SiteImage.Attacked attacked(Algorithm algorithm) {
    Attack attack = algorithm.create(Attack.class, Kind.BOUNDED_ATTACK);
    List<Seen> frames = new ArrayList<>(List.of(before));
    for (Raster changed : changed(attack)) {
      frames.add(seen(changed, before.prediction().top()));
    }
    Optional<byte[]> sign = sign(frames);
    List<SiteImage.ChangedImage> shown = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      double epsilon = i == 0 ? 0 : spec.epsilons().get(i - 1);
      shown.add(frame(epsilon, frames.get(i), sign.isPresent()));
    }
    return new SiteImage.Attacked(
        algorithm.id(),
        sign.map(Base64.getEncoder()::encodeToString).orElse(null),
        lines(frames),
        shown);
  }

  /** The changed images; gradients at the clean image serve every epsilon. */
  private List<Raster> changed(Attack attack) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(clean)).to(classifier.device());
      Problem problem = Problem.of(classifier, pixels, List.of(before.prediction().top()));
      List<Raster> images = new ArrayList<>();
      for (double epsilon : spec.epsilons()) {
        Tensor one = Attacks.changed(attack, problem, Norm.LINF, epsilon, run());
        images.add(Batches.rasters(one).get(0).quantized());
      }
      return images;
    }
  }

  private Run run() {
    return Run.of(new Rng(0), List.of(clean));
  }

  /**
   * The prediction and the map of an image.
   *
   * @param explained the class; -1 for the predicted one
   */
  private Seen seen(Raster image, int explained) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(image)).to(classifier.device());
      Trace trace = classifier.trace(pixels, method.gradientsAt(classifier));
      Prediction prediction = Prediction.of(trace.logits()).get(0);
      int wanted = explained < 0 ? prediction.top() : explained;
      Objective objective = new Objective.Logit(List.of(wanted));
      return new Seen(
          image, prediction, Attributions.heatmaps(method, trace, objective, run()).get(0));
    }
  }

  /** The sign that gives every changed image, if there is one. */
  private Optional<byte[]> sign(List<Seen> frames) {
    byte[] from = levels(clean);
    byte[] sign = new byte[from.length];
    for (Seen frame : frames) {
      byte[] to = levels(frame.image());
      for (int i = 0; i < to.length; i++) {
        int moved = Integer.compare(to[i] & 255, from[i] & 255);
        if (sign[i] == 0) {
          sign[i] = (byte) moved;
        }
      }
    }
    for (int f = 1; f < frames.size(); f++) {
      byte[] to = levels(frames.get(f).image());
      double step = 255 * spec.epsilons().get(f - 1);
      for (int i = 0; i < to.length; i++) {
        double level = Math.rint((from[i] & 255) + step * sign[i]);
        if ((to[i] & 255) != (int) Math.max(0, Math.min(255, level))) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(sign);
  }

  private SiteImage.ChangedImage frame(double epsilon, Seen seen, boolean bySign) {
    return new SiteImage.ChangedImage(
        epsilon,
        bySign ? null : Base64.getEncoder().encodeToString(levels(seen.image())),
        top(seen.prediction(), classifier.labels()),
        map(seen.heatmap()),
        finite(() -> SSIM.similarity(clean, seen.image())),
        finite(() -> SPEARMAN.similarity(before.heatmap().map(), seen.heatmap().map())));
  }

  private static @Nullable Double finite(DoubleSupplier number) {
    try {
      double value = number.getAsDouble();
      return Double.isFinite(value) ? (Double) rounded(value) : null;
    } catch (IllegalArgumentException tooSmall) {
      return null;
    }
  }

  /** Six digits are more than a page shows. */
  private static double rounded(double value) {
    return Math.rint(value * 1e6) / 1e6;
  }

  private List<SiteImage.Line> lines(List<Seen> frames) {
    Set<Integer> leading = new LinkedHashSet<>(before.prediction().top(LEADING));
    frames.forEach(frame -> leading.addAll(frame.prediction().top(1)));
    leading.addAll(frames.get(frames.size() - 1).prediction().top(LEADING));
    return leading.stream()
        .map(
            index ->
                new SiteImage.Line(
                    index,
                    classifier.labels().name(index),
                    frames.stream()
                        .map(frame -> rounded(frame.prediction().probability(index)))
                        .toList()))
        .toList();
  }

  private static SiteImage.Top top(Prediction prediction, Labels labels) {
    int top = prediction.top();
    return new SiteImage.Top(top, labels.name(top), rounded(prediction.probability(top)));
  }

  /** A layer's map at its own size, where there is one: the page enlarges it. */
  private static SiteImage.SiteMap map(Heatmap heatmap) {
    Raster map = heatmap.layer().orElse(heatmap.map());
    float largest = Math.max(Math.abs(map.min()), Math.abs(map.max()));
    float[] values = map.toArray();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) Math.rint(largest == 0 ? 0 : 127 * values[i] / largest);
    }
    return new SiteImage.SiteMap(
        map.height(), map.width(), largest, Base64.getEncoder().encodeToString(bytes));
  }

  private static byte[] levels(Raster image) {
    float[] values = image.toArray();
    int plane = image.height() * image.width();
    byte[] levels = new byte[values.length];
    for (int c = 0; c < image.channels(); c++) {
      for (int i = 0; i < plane; i++) {
        levels[i * image.channels() + c] = (byte) Math.rint(255 * values[c * plane + i]);
      }
    }
    return levels;
  }
}
