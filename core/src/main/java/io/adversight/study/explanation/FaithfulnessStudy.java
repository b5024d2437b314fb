package io.adversight.study.explanation;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.catalog.Kind;
import io.adversight.evaluation.explanation.ExplainedBatch;
import io.adversight.evaluation.explanation.Faithfulness;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.ExplanationMethods;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures how faithful the explanations of images are, by several methods and measures. */
public final class FaithfulnessStudy {
  /**
   * What is done with every image.
   *
   * @param methods explanations
   * @param measures of faithfulness
   * @param explained the class that is explained; empty for the predicted one
   * @param seed of all randomness
   */
  public record Spec(
      List<Algorithm> methods, List<Algorithm> measures, OptionalInt explained, long seed) {
    /** Copies the lists. */
    public Spec {
      methods = List.copyOf(methods);
      measures = List.copyOf(measures);
      if (methods.isEmpty() || measures.isEmpty()) {
        throw new InputException("faithfulness needs at least one method and one measure");
      }
    }
  }

  /** One measure of one method's explanation. */
  public record Row(Algorithm method, Algorithm measure, Faithfulness.Finding finding) {}

  /**
   * What was found about one image.
   *
   * @param explained the class that is explained
   */
  public record Result(InputImage image, int explained, List<Row> rows) {
    /** Copies the rows. */
    public Result {
      rows = List.copyOf(rows);
    }
  }

  private final Spec spec;
  private final Classifier classifier;
  private final List<Attribution> methods;
  private final List<Faithfulness> measures;

  /**
   * A study of one network.
   *
   * @throws java.util.NoSuchElementException for an unknown method, measure or layer
   */
  public FaithfulnessStudy(Spec spec, Classifier classifier) {
    this.spec = spec;
    this.classifier = classifier;
    this.methods = spec.methods().stream().map(ExplanationMethods::create).toList();
    methods.forEach(method -> method.gradientsAt(classifier));
    this.measures =
        spec.measures().stream()
            .map(measure -> measure.create(Faithfulness.class, Kind.FAITHFULNESS))
            .toList();
  }

  /** Measures some images. */
  public List<Result> run(List<InputImage> images, AtomicBoolean cancel) {
    List<Raster> views = images.stream().map(InputImage::view).toList();
    Run run = Run.of(new Rng(spec.seed()), views).with(cancel);
    List<List<Row>> rows = new ArrayList<>();
    images.forEach(image -> rows.add(new ArrayList<>()));
    List<Integer> classes;
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(views).to(classifier.device());
      classes =
          classifier.predict(pixels).stream()
              .map(prediction -> spec.explained().orElse(prediction.top()))
              .toList();
      List<List<Heatmap>> maps =
          Attributions.run(methods, classifier, pixels, new Objective.Logit(classes), run);
      for (int m = 0; m < methods.size(); m++) {
        ExplainedBatch subject =
            new ExplainedBatch(methods.get(m), classifier, pixels, maps.get(m), classes);
        for (int k = 0; k < measures.size(); k++) {
          run.checkCancelled();
          List<Faithfulness.Finding> findings = measures.get(k).of(subject, run);
          for (int i = 0; i < rows.size(); i++) {
            rows.get(i)
                .add(new Row(spec.methods().get(m), spec.measures().get(k), findings.get(i)));
          }
        }
      }
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      results.add(new Result(images.get(i), classes.get(i), rows.get(i)));
    }
    return results;
  }
}
