package io.adversight.study.explanation;

import io.adversight.attribution.Attribution;
import io.adversight.catalog.Kind;
import io.adversight.evaluation.explanation.SanityCheck;
import io.adversight.input.InputException;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.run.Progress;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.ExplanationMethods;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The sanity checks of several methods on one batch of images. */
public final class SanityStudy {
  /**
   * What is checked.
   *
   * @param methods explanations
   * @param measures how maps are compared
   * @param seed of the random weights
   */
  public record Spec(List<Algorithm> methods, List<Algorithm> measures, long seed) {
    /** Copies the lists. */
    public Spec {
      methods = List.copyOf(methods);
      measures = List.copyOf(measures);
      if (methods.isEmpty() || measures.isEmpty()) {
        throw new InputException("sanity checks need at least one method and one measure");
      }
    }
  }

  private final Spec spec;
  private final Classifier classifier;
  private final SanityCheck check;

  /** The checks of one network. */
  public SanityStudy(Spec spec, Classifier classifier) {
    this.spec = spec;
    this.classifier = classifier;
    Map<String, MapSimilarity> similarities = new LinkedHashMap<>();
    for (Algorithm measure : spec.measures()) {
      similarities.put(
          measure.toString(), measure.create(MapSimilarity.class, Kind.MAP_SIMILARITY));
    }
    this.check = new SanityCheck(similarities);
    spec.methods().forEach(method -> ExplanationMethods.create(method).gradientsAt(classifier));
  }

  /** The report of every method, over all images at once. */
  public Map<String, SanityCheck.Report> run(
      List<InputImage> images, Progress progress, AtomicBoolean cancel) {
    Map<String, SanityCheck.Report> reports = new LinkedHashMap<>();
    try (Scope scope = Scope.open()) {
      Tensor pixels =
          Batches.of(images.stream().map(InputImage::view).toList()).to(classifier.device());
      List<Integer> classes = classifier.predict(pixels).stream().map(Prediction::top).toList();
      for (int m = 0; m < spec.methods().size(); m++) {
        Algorithm algorithm = spec.methods().get(m);
        Attribution method = ExplanationMethods.create(algorithm);
        Rng rng = new Rng(spec.seed());
        Run run = Run.of(rng, pixels).with(cancel);
        reports.put(
            algorithm.toString(),
            check.report(method, classifier, pixels, new Objective.Logit(classes), rng, run));
        progress.report(m + 1, spec.methods().size(), "methods");
      }
    }
    return reports;
  }
}
