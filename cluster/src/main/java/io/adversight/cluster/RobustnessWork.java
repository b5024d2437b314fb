package io.adversight.cluster;

import io.adversight.attack.Outcome;
import io.adversight.data.ImageList;
import io.adversight.model.GraphClassifier;
import io.adversight.study.Algorithm;
import io.adversight.study.image.InputImage;
import io.adversight.study.image.LabelledImages;
import io.adversight.study.robustness.RobustnessSpec;
import io.adversight.study.robustness.RobustnessStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** A robustness measurement: every attack on each image that is classified right. */
final class RobustnessWork implements ImageWork {
  private static final RobustnessStudy.Listener SILENT =
      new RobustnessStudy.Listener() {
        @Override
        public void progress(Algorithm attack, long done, long total) {}

        @Override
        public void finished(Algorithm attack) {}
      };

  private final RobustnessSpec spec;
  private final GraphClassifier classifier;

  RobustnessWork(RobustnessSpec spec, GraphClassifier classifier) {
    this.spec = spec;
    this.classifier = classifier;
    study(List.of()); // checks the attacks
  }

  private RobustnessStudy study(List<InputImage> images) {
    return new RobustnessStudy(spec, labelled(images));
  }

  private LabelledImages labelled(List<InputImage> images) {
    return LabelledImages.of(
        classifier,
        new ImageList(
            "part",
            images.stream().map(InputImage::view).toList(),
            images.stream().map(image -> image.label().orElseThrow()).toList(),
            List.of()));
  }

  @Override
  public List<ImageRow> rows(List<InputImage> images, AtomicBoolean cancel) {
    List<InputImage> labelled = images.stream().filter(i -> i.label().isPresent()).toList();
    List<ImageRow> measured = labelled.isEmpty() ? List.of() : measured(labelled, cancel);
    List<ImageRow> rows = new ArrayList<>();
    int next = 0;
    for (InputImage image : images) {
      rows.add(
          image.label().isPresent()
              ? measured.get(next++)
              : ImageRow.error(
                  image, "its class is not known, or the network has none of that name"));
    }
    return rows;
  }

  private List<ImageRow> measured(List<InputImage> images, AtomicBoolean cancel) {
    OutcomesInMemory store = new OutcomesInMemory();
    study(images).run(store, SILENT, cancel);
    List<List<ImageRow.Attacked>> attacked =
        IntStream.range(0, images.size())
            .<List<ImageRow.Attacked>>mapToObj(i -> new ArrayList<>())
            .toList();
    for (Algorithm attack : spec.attacks()) {
      for (Outcome outcome : store.outcomes(attack)) {
        attacked.get(outcome.image()).add(attacked(attack, outcome));
      }
    }
    return store.clean().stream()
        .map(
            clean ->
                new ImageRow(
                    images.get(clean.image()).name(),
                    images.get(clean.image()).file(),
                    images.get(clean.image()).sha256(),
                    "",
                    OptionalInt.of(clean.label()),
                    true,
                    OptionalInt.of(clean.predicted()),
                    OptionalDouble.empty(),
                    List.of(),
                    attacked.get(clean.image())))
        .toList();
  }

  private static ImageRow.Attacked attacked(Algorithm attack, Outcome outcome) {
    return new ImageRow.Attacked(
        attack.toString(),
        outcome.epsilon(),
        outcome.success(),
        outcome.rounded().isPresent() ? outcome.rounded().get() : null,
        outcome.after(),
        Double.NaN,
        outcome.norms(),
        Double.NaN,
        Double.NaN,
        outcome.cost(),
        List.of());
  }
}
