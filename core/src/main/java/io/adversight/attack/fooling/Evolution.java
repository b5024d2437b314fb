package io.adversight.attack.fooling;

import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.Input;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One archive and what is bred from it. Every child has randomness of its own, so that the births
 * alone bring the archive back: the network is not asked again, and who did not survive is not
 * painted again.
 */
final class Evolution {
  private final EvolvedImages settings;
  private final Classifier classifier;
  private final List<Integer> classes;
  private final int part;
  private final Rng rng;
  private final EliteArchive archive;

  Evolution(
      EvolvedImages settings,
      Classifier classifier,
      List<Integer> classes,
      int places,
      int part,
      Rng rng) {
    this.settings = settings;
    this.classifier = classifier;
    this.classes = classes;
    this.part = part;
    this.rng = rng.split(part);
    this.archive = new EliteArchive(classes.size(), places);
  }

  private record Child(Optional<EliteArchive.Elite> parent, Genome genome, Raster image) {}

  /** Brings the archive to where it was after these births, in their order. */
  void replay(List<Birth> births) {
    int from = 0;
    while (from < births.size()) {
      int generation = births.get(from).generation();
      int to = from;
      Map<Integer, Child> children = new HashMap<>();
      while (to < births.size() && births.get(to).generation() == generation) {
        children.computeIfAbsent(births.get(to).child(), k -> child(generation, k));
        to++;
      }
      for (Birth birth : births.subList(from, to)) {
        Child child = Optional.ofNullable(children.get(birth.child())).orElseThrow();
        archive.add(birth.niche(), elite(child, birth));
      }
      from = to;
    }
  }

  /** Breeds a generation; returns who was born to stay. */
  List<Birth> breed(int generation, Run run) {
    List<Child> children =
        IntStream.range(0, settings.children()).mapToObj(k -> child(generation, k)).toList();
    List<Prediction> predictions =
        FoolingImage.predictions(classifier, children.stream().map(Child::image).toList(), run);
    List<Birth> births = new ArrayList<>();
    for (int k = 0; k < children.size(); k++) {
      for (int n = 0; n < classes.size(); n++) {
        float confidence = (float) predictions.get(k).probability(classes.get(n));
        if (archive.wants(n, confidence)) {
          Birth birth = new Birth(part, generation, k, n, confidence);
          archive.add(n, elite(children.get(k), birth));
          births.add(birth);
        }
      }
    }
    return births;
  }

  /** The best of each class. */
  List<EliteArchive.Elite> best() {
    return archive.best();
  }

  private Child child(int generation, int number) {
    SplittableRandom random = rng.split(generation).split(number).generator();
    Optional<EliteArchive.Elite> parent =
        generation == 0 ? Optional.empty() : Optional.of(archive.any(random));
    Input input = classifier.card().input();
    Genome genome =
        parent
            .map(elite -> elite.genome().mutate(generation, random))
            .orElseGet(() -> newcomer(input, random));
    Raster image = genome.image(input.channels(), input.height(), input.width());
    return new Child(parent, genome, image);
  }

  private Genome newcomer(Input input, SplittableRandom random) {
    return settings.encoding() == EvolvedImages.Encoding.CPPN
        ? Cppn.random(input.channels(), random)
        : PixelGenome.random(input.channels(), input.height(), input.width(), random);
  }

  private EliteArchive.Elite elite(Child child, Birth birth) {
    return new EliteArchive.Elite(
        child.genome(),
        child.image(),
        classes.get(birth.niche()),
        birth.generation(),
        birth.confidence(),
        child.parent().map(EliteArchive.Elite::lineageOfChildren).orElse(List.of()));
  }
}
