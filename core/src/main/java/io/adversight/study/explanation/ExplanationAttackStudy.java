package io.adversight.study.explanation;

import io.adversight.catalog.Kind;
import io.adversight.evaluation.explanation.ExplanationAttack;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves the explanations of images into a region while their predictions stay. */
public final class ExplanationAttackStudy {
  private final ExplanationAttack attack;
  private final Region region;
  private final Classifier classifier;
  private final long seed;

  /**
   * An attack on the explanations of one network.
   *
   * @throws IllegalArgumentException for a parameter out of range
   */
  public ExplanationAttackStudy(Algorithm attack, Region region, Classifier classifier, long seed) {
    this.attack = attack.create(ExplanationAttack.class, Kind.EXPLANATION_ATTACK);
    this.region = region;
    this.classifier = classifier;
    this.seed = seed;
  }

  /** What became of some images. */
  public List<ExplanationAttack.Moved> run(List<InputImage> images, AtomicBoolean cancel) {
    List<Raster> views = images.stream().map(InputImage::view).toList();
    Run run = Run.of(new Rng(seed), views).with(cancel);
    Raster target = region.map(views.get(0).height(), views.get(0).width());
    try (Scope scope = Scope.open()) {
      return attack.run(
          classifier,
          Batches.of(views).to(classifier.device()),
          Collections.nCopies(images.size(), target),
          run);
    }
  }
}
