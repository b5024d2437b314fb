package io.adversight.cluster;

import io.adversight.attack.Adversarial;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.run.Progress;
import io.adversight.study.Attacked;
import io.adversight.study.Explained;
import io.adversight.study.ImageResult;
import io.adversight.study.Study;
import io.adversight.study.image.InputImage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A study of each image: attacks, explanations before and after them, and how alike these are.
 *
 * @param study the study
 * @param similarities of maps before and after an attack
 */
record StudyWork(Study study, List<NamedSimilarity> similarities) implements ImageWork {
  StudyWork {
    similarities = List.copyOf(similarities);
  }

  /** A measure and its name in the results. */
  record NamedSimilarity(String name, MapSimilarity measure) {}

  @Override
  public List<ImageRow> rows(List<InputImage> images, AtomicBoolean cancel) {
    IdentityHashMap<InputImage, ImageRow> rows = new IdentityHashMap<>();
    Study.Sink sink =
        new Study.Sink() {
          @Override
          public void accept(ImageResult result) {
            rows.put(result.image(), row(result));
          }

          @Override
          public void leaveOut(InputImage image, String reason) {
            rows.put(image, ImageRow.error(image, reason));
          }
        };
    study.run(images, sink, Progress.SILENT, cancel);
    List<ImageRow> inOrder = new ArrayList<>();
    for (InputImage image : images) {
      inOrder.add(rows.getOrDefault(image, ImageRow.error(image, "")));
    }
    return inOrder;
  }

  /** The numbers of a result. */
  ImageRow row(ImageResult result) {
    int predicted = result.prediction().top();
    return new ImageRow(
        result.image().name(),
        result.image().file(),
        result.image().sha256(),
        "",
        OptionalInt.of(result.label()),
        result.image().label().isPresent(),
        OptionalInt.of(predicted),
        OptionalDouble.of(result.prediction().probability(predicted)),
        result.explanations().stream().map(StudyWork::explained).toList(),
        result.attacked().stream().map(one -> attacked(one, result.explanations())).toList());
  }

  private static ImageRow.Explained explained(Explained one) {
    Raster map = one.heatmap().map();
    return new ImageRow.Explained(
        one.method().toString(),
        one.explainedClass(),
        map.min(),
        map.max(),
        one.heatmap().isEmpty());
  }

  private ImageRow.Attacked attacked(Attacked one, List<Explained> before) {
    Adversarial found = one.adversarial();
    int after = found.after().top();
    List<ImageRow.Compared> compared = new ArrayList<>();
    for (int m = 0; m < one.sameClass().size(); m++) {
      compared.add(compared(before.get(m), one.sameClass().get(m)));
    }
    return new ImageRow.Attacked(
        one.attack().toString(),
        found.epsilon(),
        found.success(),
        found.rounded().isPresent() ? found.roundedSuccess() : null,
        after,
        found.after().probability(after),
        found.norms(),
        found.ssim(),
        found.psnr(),
        found.cost(),
        compared);
  }

  private ImageRow.Compared compared(Explained before, Explained after) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (NamedSimilarity similarity : similarities) {
      values.put(
          similarity.name(),
          similarity.measure().similarity(before.heatmap().map(), after.heatmap().map()));
    }
    return new ImageRow.Compared(after.method().toString(), after.explainedClass(), values);
  }
}
