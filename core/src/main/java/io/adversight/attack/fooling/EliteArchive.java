package io.adversight.attack.fooling;

import io.adversight.image.Raster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The best individuals of each class so far. */
final class EliteArchive {
  private final int places;
  private final List<List<Elite>> niches = new ArrayList<>();

  /** An empty archive with so many places for each class. */
  EliteArchive(int classes, int places) {
    this.places = places;
    for (int i = 0; i < classes; i++) {
      niches.add(new ArrayList<>());
    }
  }

  /**
   * One individual that was among the best for a class.
   *
   * @param target the class
   * @param born generation
   */
  record Elite(
      Genome genome,
      Raster image,
      int target,
      int born,
      float confidence,
      List<FoolingImage.Ancestor> lineage) {

    /** Itself as an ancestor; images are kept at depths 1, 2, 4, 8, ... only. */
    List<FoolingImage.Ancestor> lineageOfChildren() {
      List<FoolingImage.Ancestor> longer = new ArrayList<>(lineage);
      int depth = longer.size() + 1;
      Optional<Raster> kept = Integer.bitCount(depth) == 1 ? Optional.of(image) : Optional.empty();
      longer.add(new FoolingImage.Ancestor(born, target, confidence, kept));
      return longer;
    }
  }

  /** Whether an individual of this confidence is among the best for a class. */
  boolean wants(int niche, float confidence) {
    List<Elite> best = niches.get(niche);
    return best.size() < places || confidence > best.get(places - 1).confidence();
  }

  /** Takes an individual in; the last of a full niche gives way. */
  void add(int niche, Elite elite) {
    List<Elite> best = niches.get(niche);
    if (best.size() == places) {
      best.remove(places - 1);
    }
    best.add(elite);
    best.sort((a, b) -> Float.compare(b.confidence(), a.confidence()));
  }

  /** One of the best of any class. */
  Elite any(SplittableRandom random) {
    List<Elite> niche = niches.get(random.nextInt(niches.size()));
    return niche.get(random.nextInt(niche.size()));
  }

  /** The best of each class. */
  List<Elite> best() {
    return niches.stream().map(niche -> niche.get(0)).toList();
  }
}
