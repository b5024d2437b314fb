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
  void replay(List<EliteEntry> entries) {
    int from = 0;
    while (from < entries.size()) {
      int generation = entries.get(from).generation();
      int to = from;
      Map<Integer, Child> children = new HashMap<>();
      while (to < entries.size() && entries.get(to).generation() == generation) {
        children.computeIfAbsent(entries.get(to).child(), k -> child(generation, k));
        to++;
      }
      for (EliteEntry entry : entries.subList(from, to)) {
        Child child = Optional.ofNullable(children.get(entry.child())).orElseThrow();
        archive.add(entry.niche(), elite(child, entry));
      }
      from = to;
    }
  }

  /** Breeds a generation; returns who was born to stay. */
  List<EliteEntry> breed(int generation, Run run) {
    List<Child> children =
        IntStream.range(0, settings.children()).mapToObj(k -> child(generation, k)).toList();
    List<Prediction> predictions =
        FoolingImage.predictions(classifier, children.stream().map(Child::image).toList(), run);
    List<EliteEntry> entries = new ArrayList<>();
    for (int k = 0; k < children.size(); k++) {
      for (int n = 0; n < classes.size(); n++) {
        float confidence = (float) predictions.get(k).probability(classes.get(n));
        if (archive.wants(n, confidence)) {
          EliteEntry entry = new EliteEntry(part, generation, k, n, confidence);
          archive.add(n, elite(children.get(k), entry));
          entries.add(entry);
        }
      }
    }
    return entries;
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

  private EliteArchive.Elite elite(Child child, EliteEntry entry) {
    return new EliteArchive.Elite(
        child.genome(),
        child.image(),
        classes.get(entry.niche()),
        entry.generation(),
        entry.confidence(),
        child.parent().map(EliteArchive.Elite::lineageOfChildren).orElse(List.of()));
  }
}
