package io.adversight.study;

import io.adversight.catalog.Kind;
import io.adversight.evaluation.ExplanationAttack;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves the explanations of pictures into a region while their predictions stay. */
public final class MisleadStudy {
  private final ExplanationAttack attack;
  private final Region region;
  private final Classifier classifier;
  private final long seed;

  /**
   * An attack on the explanations of one network.
   *
   * @throws IllegalArgumentException for a parameter out of range
   */
  public MisleadStudy(Algorithm attack, Region region, Classifier classifier, long seed) {
    this.attack = attack.create(ExplanationAttack.class, Kind.EXPLANATION_ATTACK);
    this.region = region;
    this.classifier = classifier;
    this.seed = seed;
  }

  /** What became of some pictures; {@code first} is the number of the first of them. */
  public List<ExplanationAttack.Moved> run(
      List<Picture> pictures, int first, AtomicBoolean cancel) {
    Run run = Run.of(new Rng(seed), first, pictures.size()).with(cancel);
    Raster view = pictures.get(0).view();
    Raster target = region.map(view.height(), view.width());
    try (Scope scope = Scope.open()) {
      return attack.run(
          classifier,
          Batches.of(pictures.stream().map(Picture::view).toList()).to(classifier.device()),
          Collections.nCopies(pictures.size(), target),
          run);
    }
  }
}
